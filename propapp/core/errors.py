"""Everything a person may be refused for: a noun with a code, never a bare message.

The sentence for each code stands in both catalogues under ``error.<code>``; a test holds that.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar


class PropappError(Exception):
    """Something a person may meet: a code, an HTTP status and plain facts for the sentence."""

    code: ClassVar[str] = "unexpected"
    status: ClassVar[int] = 400

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts: dict[str, str] = {key: str(value) for key, value in facts.items()}

    def code_among(self, known: Collection[str]) -> str:
        """The code where there is a sentence for it, else that of whatever went wrong."""
        return self.code if self.code in known else PropappError.code


class SignInNeeded(PropappError):
    """The session ended or never was."""

    code, status = "sign_in_needed", 401


class WrongPerson(PropappError):
    """The phone sends one person's work and somebody else is signed in on it."""

    code, status = "wrong_person", 403


class WrongDevice(PropappError):
    """The token was given to another device."""

    code, status = "wrong_device", 403


class AuthorLeft(PropappError):
    """Whoever did this has left; somebody who is responsible has to look at it."""

    code, status = "author_left", 409


class WrongCredentials(PropappError):
    """Name or password do not match; which of them stays unsaid."""

    code, status = "wrong_credentials", 401


class FirstPassword(PropappError):
    """It is the right one, and somebody else has seen it: only one of their own opens the door."""

    code, status = "first_password", 403


class FirstPasswordExpired(PropappError):
    """It would have been the right one, some days ago."""

    code, status = "first_password_expired", 403


class PasswordShort(PropappError):
    """A new password of fewer than ``least`` signs."""

    code, status = "password_short", 422


class PasswordLong(PropappError):
    """A new password of more than ``most`` signs."""

    code, status = "password_long", 422


class PasswordCommon(PropappError):
    """A new password that is among the first that anybody would try."""

    code, status = "password_common", 422


class PasswordNamed(PropappError):
    """A new password that is the sign-in name, or little more."""

    code, status = "password_named", 422


class PasswordSame(PropappError):
    """A new password that is the old one."""

    code, status = "password_same", 422


class TooManyAttempts(PropappError):
    """Sign-in was tried too often from here or for this account."""

    code, status = "too_many_attempts", 429


class NotAllowed(PropappError):
    """The actor may see the thing but not do this to it."""

    code, status = "not_allowed", 403


class NotFound(PropappError):
    """It does not exist for this actor; elsewhere it may."""

    code, status = "not_found", 404


class WrongStep(PropappError):
    """The flow has no such step from the present status."""

    code, status = "wrong_step", 409


class AlreadyClaimed(PropappError):
    """Somebody else has the order; ``name`` says who."""

    code, status = "already_claimed", 409


class NotYours(PropappError):
    """Only the person who has it in hand may do this; ``name`` says who that is."""

    code, status = "not_yours", 403


class TooLate(PropappError):
    """The time in which this could be done has passed."""

    code, status = "too_late", 409


class AlreadyThere(PropappError):
    """Something else already lives under this id; nothing was overwritten."""

    code, status = "already_there", 409


class ChangedMeanwhile(PropappError):
    """The thing is no longer as the actor saw it."""

    code, status = "changed_meanwhile", 409


class InvalidInput(PropappError):
    """The request is not of the shape the use case asks for; ``field`` names where."""

    code, status = "invalid_input", 422


class NumberNotPossible(PropappError):
    """A reading outside what the instrument can show."""

    code, status = "number_not_possible", 422


class ChoiceNotOffered(PropappError):
    """A choice that the checklist does not have."""

    code, status = "choice_not_offered", 422


class AnswerMissing(PropappError):
    """A required item was left without an answer."""

    code, status = "answer_missing", 422


class PhotoRequired(PropappError):
    """This step asks for a photo."""

    code, status = "photo_required", 422


class NoteRequired(PropappError):
    """This step asks for a few words."""

    code, status = "note_required", 422


class ItemUnknown(PropappError):
    """An answer to a question that the checklist does not ask."""

    code, status = "item_unknown", 422


class ForeignCode(PropappError):
    """The scanned code belongs to another point or to nobody."""

    code, status = "foreign_code", 422


class UnknownOperation(PropappError):
    """A kind or version of operation this server does not know yet; it is kept in quarantine."""

    code, status = "unknown_operation", 422


class OperationConflict(PropappError):
    """The same operation id arrived with other content; both are kept."""

    code, status = "operation_conflict", 409


class PhotoUnreadable(PropappError):
    """The file is not a picture, or it is cut off."""

    code, status = "photo_unreadable", 422


class PhotoTooLarge(PropappError):
    """The picture has too many bytes or too many pixels."""

    code, status = "photo_too_large", 413


class PhotoFormat(PropappError):
    """Only JPEG, PNG and WebP pictures are taken."""

    code, status = "photo_format", 415


class PhotoDigest(PropappError):
    """The bytes do not match the digest they were announced with."""

    code, status = "photo_digest", 422


class NoSpace(PropappError):
    """The server's disk is full; nothing was half stored."""

    code, status = "no_space", 507


class QuotaReached(PropappError):
    """This person has too many unfinished uploads; those must end first."""

    code, status = "quota_reached", 429


class WrongOffset(PropappError):
    """The chunk does not begin where the stored bytes end; ``offset`` says where that is."""

    code, status = "wrong_offset", 409


class RequestTooLarge(PropappError):
    """More was sent at once than the server takes."""

    code, status = "request_too_large", 413


class ForeignOrigin(PropappError):
    """The request was made by a page of another site."""

    code, status = "foreign_origin", 403


class MethodNotAllowed(PropappError):
    """The address exists, but not for this method."""

    code, status = "method_not_allowed", 405


class Busy(PropappError):
    """Not now; the same thing will go through when it is sent again."""

    code, status = "busy", 503


class Gap(PropappError):
    """An earlier operation of the same run or order has not arrived yet."""

    code, status = "gap", 409


class Damaged(PropappError):
    """The bytes changed on their way; they are to be sent again."""

    code, status = "damaged", 422


class SequenceReused(PropappError):
    """The device's number stands for another operation already: a copied or restored phone."""

    code, status = "sequence_reused", 409


class RuleUnreadable(PropappError):
    """A recurrence that cannot be read; ``part`` names where."""

    code, status = "rule_unreadable", 422


class RuleNeverEnds(PropappError):
    """A recurrence without a last day, or with one too far away to be kept."""

    code, status = "rule_never_ends", 422


class RuleNeverHappens(PropappError):
    """A recurrence that falls on no day from its first to its last."""

    code, status = "rule_never_happens", 422


class WindowImpossible(PropappError):
    """A window off the five-minute grain, longer than a day, or beside another of its own."""

    code, status = "window_impossible", 422


class DaysBackwards(PropappError):
    """A last day that comes before the first."""

    code, status = "days_backwards", 422


class CoverageImpossible(PropappError):
    """Random rounds that cannot reach every point as often as they promise."""

    code, status = "coverage_impossible", 422


class RosterBroken(PropappError):
    """Somebody would be on duty against a rule; ``rule``, ``name`` and ``day`` say which."""

    code, status = "roster_broken", 409


class ShiftImpossible(PropappError):
    """A shift that no day has: its times, its length or its number of people cannot be."""

    code, status = "shift_impossible", 422


class LadderNotRising(PropappError):
    """A later step of the alarm would come before an earlier one, or with it."""

    code, status = "ladder_not_rising", 422


class NoticeImpossible(PropappError):
    """A year's notice with a day that cannot be; ``day`` names it as it was typed."""

    code, status = "notice_impossible", 422


class NameTaken(PropappError):
    """Another thing of its kind at the site goes by this name; ``name`` says it."""

    code, status = "name_taken", 409


class RouteEmpty(PropappError):
    """A route without a stop."""

    code, status = "route_empty", 422


class RouteScheduled(PropappError):
    """A route that schedules want walked; ``count`` says how many, ``name`` which route."""

    code, status = "route_scheduled", 409


class RouteGivenUp(PropappError):
    """A route that is walked no more; ``name`` says which."""

    code, status = "route_given_up", 409


class FollowsPlan(PropappError):
    """The schedule is that of a plan in force; it is changed by revising the plan."""

    code, status = "follows_plan", 409


class OwnPlan(PropappError):
    """Whoever has written a plan neither reviews nor approves it."""

    code, status = "own_plan", 403


class OutsidePlan(PropappError):
    """A task before the plan's first day, after its last, or ending before it begins."""

    code, status = "outside_plan", 422


class TasksInCircle(PropappError):
    """Tasks that wait for each other; ``keys`` names them in turn."""

    code, status = "tasks_in_circle", 422


class PostWalksNothing(PropappError):
    """A single job for a post that does none on the phone."""

    code, status = "post_walks_nothing", 422


class PlanEmpty(PropappError):
    """A plan without a task."""

    code, status = "plan_empty", 422


class JudgesMissing(PropappError):
    """A plan for which nobody was named to review or to approve it."""

    code, status = "judges_missing", 422


class RevisionOpen(PropappError):
    """The next version of the plan is being written already; ``version`` says which."""

    code, status = "revision_open", 409


class ParcelUnknown(PropappError):
    """The file is no parcel of unsent work."""

    code, status = "parcel_unknown", 422


class ParcelForeign(PropappError):
    """The parcel was sealed for another house; ``key`` names that house's key."""

    code, status = "parcel_foreign", 422


class ParcelDamaged(PropappError):
    """The parcel was cut or changed; ``frame`` says where, where that is known."""

    code, status = "parcel_damaged", 422


class ParcelRevoked(PropappError):
    """The phone's token counts no more, so nobody vouches for whose work it is."""

    code, status = "parcel_revoked", 409


class PackInvalid(PropappError):
    """A pack of clauses that cannot be read; ``file``, ``clause`` and ``field`` say where."""

    code, status = "pack_invalid", 422


class LoosensStatute(PropappError):
    """A clause would ask for less than the law does; ``statute`` and ``field`` say where."""

    code, status = "loosens_statute", 422


class ClauseInUse(PropappError):
    """Something was made under the clause, so it can only be ended."""

    code, status = "clause_in_use", 409


class ClauseOfPack(PropappError):
    """The clause comes with the library; it can be ended, not deleted."""

    code, status = "clause_of_pack", 409


class ParcelCut(PropappError):
    """The photo was not whole in what was left of a damaged parcel."""

    code, status = "parcel_cut", 422


class WeightsNotHundred(PropappError):
    """The weights of a letter have to add up to exactly a hundred; ``sum`` says to what they do."""

    code, status = "weights_not_hundred", 422


class LetterOpen(PropappError):
    """The next version of the letter is being written already; ``version`` says which."""

    code, status = "letter_open", 409


class LetterReplaced(PropappError):
    """It was signed after another version had taken its place."""

    code, status = "letter_replaced", 409


class LetterChanged(PropappError):
    """The words that were signed are not those of the letter."""

    code, status = "letter_changed", 409


class SheetUnknown(PropappError):
    """The file is no workbook of the kind that is read here, whatever its name says."""

    code, status = "sheet_unknown", 422


class SheetOld(PropappError):
    """A workbook of the old kind, which has to be saved anew."""

    code, status = "sheet_old", 422


class SheetLocked(PropappError):
    """The workbook is protected by a password."""

    code, status = "sheet_locked", 422


class SheetDamaged(PropappError):
    """The workbook was cut or changed on its way."""

    code, status = "sheet_damaged", 422


class SheetTooLarge(PropappError):
    """The workbook has more bytes than are looked at; ``most`` in megabytes."""

    code, status = "sheet_too_large", 413


class SheetTooManyRows(PropappError):
    """More rows than are taken in at once; ``most`` says how many that are."""

    code, status = "sheet_too_many_rows", 422


class SheetTooManyColumns(PropappError):
    """More columns than any table has."""

    code, status = "sheet_too_many_columns", 422


class SheetEmpty(PropappError):
    """Below its headings the workbook says nothing."""

    code, status = "sheet_empty", 422


class ColumnMissing(PropappError):
    """A column without which nothing can be taken in; ``name`` says which."""

    code, status = "column_missing", 422


class ColumnUnknown(PropappError):
    """A column that this table does not have; ``name`` and ``at`` say which."""

    code, status = "column_unknown", 422


class ColumnTwice(PropappError):
    """Two columns of the same name."""

    code, status = "column_twice", 422


class ExportOnly(PropappError):
    """Things of this kind are made elsewhere and can only be taken out as a workbook."""

    code, status = "export_only", 422


class SheetChanged(PropappError):
    """The file is not the one that was looked at."""

    code, status = "sheet_changed", 409


class UsernameTaken(PropappError):
    """Somebody signs in with this name already; who, and where, stays unsaid."""

    code, status = "username_taken", 409


class HeldElsewhere(PropappError):
    """The person has a post at a site whose people the actor does not keep."""

    code, status = "held_elsewhere", 403


class LastAdministrator(PropappError):
    """Without this person nobody would administer the site, or the actor would lose the post."""

    code, status = "last_administrator", 409
