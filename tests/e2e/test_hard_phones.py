"""Phones that make it hard: nothing kept for sure, an update in another tab, odd cameras."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, Playwright, expect

from propapp.core.stores import Form, photo_store
from propapp.core.sync.models import Operation, OperationStatus
from propapp.features.photos.models import Photo, PhotoUse
from tests.browser import CHROMIUM
from tests.conftest import CHROMIUM_FLAGS, PHONE
from tests.e2e import people
from tests.e2e.clients import change, own_client
from tests.e2e.eyes import look
from tests.e2e.handset import Handset
from tests.e2e.house import House
from tests.e2e.test_outbox import claims, cut_off
from tests.world import a_report, an_occurrence, rows

pytestmark = pytest.mark.browser

SOON = 30_000
NO_PROMISE = "浏览器没有答应长期保留"
UPDATE = "A database changed by an update: half done, or held up by a tab"
CAMERA = "A camera that is refused, and files that are no ordinary photo"


# Where the packed client opens a person's database, and under which number.
OPENS = re.compile(r"(\([\w$]+\.name,)[\w$]+(,\{upgrade:)")


def light(page: Page, word: str) -> None:
    """Where the work is, as the light says."""
    expect(page.locator("#sync-light")).to_have_attribute("data-word", word, timeout=SOON)


@pytest.mark.reliability("I6", "F24", "A browser that does not promise to keep anything")
def test_a_private_window_says_before_the_first_round_that_it_keeps_nothing(house: House) -> None:
    an_occurrence(house.world, opens_in=-5)
    # Chromium's contexts are private windows: they refuse to keep anything.
    page = house.phone("guard")
    expect(page.get_by_text(NO_PROMISE)).to_be_visible(timeout=SOON)
    look(page, "today-not-kept")
    page.goto(f"{house.server.url}/report")
    expect(page.get_by_text(NO_PROMISE)).to_be_visible(timeout=SOON)
    people.start_round(page, house.server.url)
    light(page, "sent")
    page.goto(f"{house.server.url}/today")
    expect(page.get_by_role("link", name="继续巡查")).to_be_visible()
    # Once something is here it is said beside it, in the outbox.
    expect(page.get_by_text(NO_PROMISE)).to_have_count(0)
    page.goto(f"{house.server.url}/outbox")
    expect(page.get_by_text(NO_PROMISE)).to_be_visible()


@pytest.mark.reliability("I6", "F24", "A browser that does not promise to keep anything")
def test_a_browser_that_promises_to_keep_things_is_not_complained_of(house: House) -> None:
    an_occurrence(house.world, opens_in=-5)
    phone = house.new_phone()
    phone.add_init_script(
        "navigator.storage.persist = navigator.storage.persisted = async () => true"
    )
    page = phone.new_page()
    people.sign_in(page, house.server.url, "guard")
    page.goto(f"{house.server.url}/today")
    expect(page.get_by_role("button", name="开始巡查")).to_be_visible()
    people.start_round(page, house.server.url)
    page.goto(f"{house.server.url}/outbox")
    expect(page.get_by_text("浏览器答应不清理")).to_be_visible(timeout=SOON)


@pytest.fixture
def newer(house: House, shelf: Path, tmp_path: Path) -> Callable[[], None]:
    """Puts a version of the client in place whose database has another number."""
    own = own_client(house, shelf, tmp_path / "newer")

    def put() -> None:
        change(own, OPENS, r"\g<1>2\g<2>")

    return put


def version(page: Page, house: House) -> int:
    """The number of the technician's database on this phone."""
    name = f"propapp-{house.world.actor('technician').person_id}"
    return page.evaluate(
        "async (name) => (await indexedDB.databases()).find((one) => one.name === name).version",
        name,
    )


def what_waits_outlives_an_update(
    house: House, newer: Callable[[], None], soon: int = SOON
) -> tuple[Page, Page]:
    """One thing is saved, then another version opens the same database: the old tab and the new."""
    a_report(house.world)
    old = house.phone("technician")
    cut_off(old.context)
    claims(old, house)
    light(old, "saved")
    assert version(old, house) == 1
    newer()
    new = old.context.new_page()
    new.goto(f"{house.server.url}/outbox")
    expect(new.locator('[data-operation][data-state="saved"]')).to_have_count(1, timeout=soon)
    assert version(new, house) == 2
    return old, new


@pytest.mark.reliability("I1 I6 I7", "F28", UPDATE)
def test_an_old_tab_and_a_new_version_work_on_the_same_database(
    house: House, newer: Callable[[], None]
) -> None:
    old, new = what_waits_outlives_an_update(house, newer)
    # The old tab was drawn from the old version, and its person goes on tapping.
    old.locator('[data-filter="open"]').click()
    old.locator("li[data-order]").get_by_role("button", name="抢单").first.click()
    expect(new.locator('[data-operation][data-state="saved"]')).to_have_count(2, timeout=SOON)
    old.context.unroute_all()
    new.evaluate("dispatchEvent(new Event('online'))")
    expect(new.locator('[data-operation][data-state="sent"]')).to_have_count(2, timeout=SOON)
    assert len(rows(Operation)) == 2


# Another tab of the same origin, as deaf as one that the system has frozen: it lets nobody by.
HOLDS = """async (name) => {
    window.held = await new Promise((done) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => done(asked.result);
    });
}"""


@pytest.mark.reliability("I1 I6 I7", "F28", UPDATE)
def test_an_update_that_another_tab_holds_up_says_so_and_goes_on_when_it_is_closed(
    house: House, newer: Callable[[], None]
) -> None:
    page = house.phone("technician")
    cut_off(page.context)
    claims(page, house)
    light(page, "saved")
    page.goto(f"{house.server.url}/offline/canary.js")
    page.evaluate(HOLDS, f"propapp-{house.world.actor('technician').person_id}")
    newer()
    new = page.context.new_page()
    new.goto(f"{house.server.url}/outbox")
    light(new, "blocked")
    expect(new.locator("#sync-light")).to_contain_text("请关闭其他标签页")
    page.close(run_before_unload=False)
    expect(new.locator('[data-operation][data-state="saved"]')).to_have_count(1, timeout=SOON)
    assert version(new, house) == 2
    new.context.unroute_all()
    new.evaluate("dispatchEvent(new Event('online'))")
    light(new, "sent")
    assert len(rows(Operation)) == 1


# The change of an update that never comes to its end: each answer asks for the next.
NEVER_ENDS = """(name) => new Promise((begun) => {
    const asked = indexedDB.open(name, 2);
    asked.onupgradeneeded = () => {
        const kept = asked.result.createObjectStore("more", { keyPath: "id" });
        asked.transaction.objectStore("ops").clear();
        let id = 0;
        const again = () => { kept.put({ id: id++ }).onsuccess = again; };
        again();
        begun(true);
    };
})"""


@pytest.mark.reliability("I1 I7", "F28", UPDATE)
def test_a_phone_that_dies_in_the_middle_of_the_change_has_everything_as_before(
    house: House, handset: Handset
) -> None:
    page = handset.tab()
    people.sign_in(page, house.server.url, "technician")
    order = a_report(house.world)
    page.goto(f"{house.server.url}/orders")
    claim = page.locator(f'li[data-order="{order.id}"]').get_by_role("button", name="抢单")
    expect(claim).to_be_visible(timeout=SOON)
    # The server is away, so that nothing leaves the phone before it dies.
    house.server.kill()
    claim.click()
    light(page, "saved")
    name = f"propapp-{house.world.actor('technician').person_id}"
    assert page.evaluate(NEVER_ENDS, name)
    handset.kill()
    house.server.start()
    handset.start()
    page = handset.tab()
    page.goto(f"{house.server.url}/outbox")
    assert version(page, house) == 1
    expect(page.locator("[data-operation]")).to_have_count(1, timeout=SOON)
    # The browser had not written its cookies down either.
    people.sign_in(page, house.server.url, "technician")
    light(page, "sent")
    assert [one.thread_id for one in rows(Operation)] == [order.id]


# A phone photo's own file, with what some makers hang on to it.
def big() -> FilePayload:
    """48 megapixels, as the newest phones hand them over."""
    image = Image.effect_noise((1008, 756), 40).convert("RGB").resize((8064, 6048))
    return file("48mp.jpg", "image/jpeg", jpeg(image))


def moving() -> FilePayload:
    """A photo with a film behind its end."""
    film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 4096
    still = Image.effect_noise((1600, 1200), 40).convert("RGB")
    return file("motion.jpg", "image/jpeg", jpeg(still) + film)


def turned() -> FilePayload:
    """Held upright: what is wide in the file is to be shown high."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return file("upright.jpg", "image/jpeg", jpeg(Image.effect_noise((1600, 1200), 40), exif=exif))


def jpeg(image: Image.Image, **options: object) -> bytes:
    """The bytes of a JPEG file."""
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=80, **options)
    return out.getvalue()


def file(name: str, kind: str, content: bytes) -> FilePayload:
    """As the camera app gives it to the page."""
    return {"name": name, "mimeType": kind, "buffer": content}


def heic() -> FilePayload:
    """What an iPhone keeps, and Chromium cannot read."""
    box = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    return file("iphone.heic", "image/heic", box + bytes(range(256)) * 64)


def report_with(page: Page, house: House, photo: FilePayload) -> None:
    """Begin a report and add this file to it."""
    page.goto(f"{house.server.url}/report")
    page.get_by_role("radio", name="水", exact=True).click()
    page.locator("#report-place").select_option(index=1)
    page.locator("#report-text").fill("大堂漏水")
    page.locator("#report-photo").set_input_files(photo)


@pytest.mark.reliability("I6 I10", "F34", CAMERA)
@pytest.mark.parametrize("odd", [big, moving, turned])
def test_whatever_the_camera_gives_becomes_one_small_upright_picture(
    house: House, odd: Callable[[], FilePayload]
) -> None:
    page = house.phone("technician")
    report_with(page, house, odd())
    expect(page.locator("main [data-photo]")).to_have_count(1, timeout=SOON)
    page.locator("#submit-report").click()
    expect(page.locator("#report-send-state")).to_have_attribute("data-state", "sent", timeout=SOON)
    (photo,) = rows(Photo)
    assert photo.size < 1_000_000
    with Image.open(photo_store().file(photo.sha256, Form.ORIGINAL)) as kept:
        assert kept.format == "JPEG"
        # What has so much in it is made smaller still.
        assert 1024 <= max(kept.size) <= 2048
        assert (kept.width < kept.height) == (odd is turned)
    assert len(rows(PhotoUse)) == 1


@pytest.mark.reliability("I6 I10", "F34", CAMERA)
def test_a_file_that_no_browser_reads_is_refused_in_words_and_nothing_else_is_lost(
    house: House,
) -> None:
    page = house.phone("technician")
    report_with(page, house, heic())
    expect(page.get_by_text("这不是照片，或照片坏了，请重拍")).to_be_visible(timeout=SOON)
    expect(page.locator("main [data-photo]")).to_have_count(0)
    expect(page.locator("#report-text")).to_have_value("大堂漏水")
    page.locator("#report-photo").set_input_files(people.a_photo("again"))
    expect(page.locator("main [data-photo]")).to_have_count(1, timeout=SOON)
    page.locator("#submit-report").click()
    expect(page.locator("#report-send-state")).to_have_attribute("data-state", "sent", timeout=SOON)
    assert [one.status for one in rows(Operation)] == [OperationStatus.APPLIED]
    assert len(rows(Photo)) == len(rows(PhotoUse)) == 1


@pytest.mark.reliability("I6", "F34", CAMERA)
def test_a_camera_that_is_refused_says_what_to_do_and_the_round_goes_on(
    house: House, playwright: Playwright
) -> None:
    an_occurrence(house.world, opens_in=-5)
    # Without the flag that says yes to every question, and with a person who says no.
    flags = [flag for flag in CHROMIUM_FLAGS if "fake-ui" not in flag]
    browser = playwright.chromium.launch(
        executable_path=str(CHROMIUM), args=[*flags, "--deny-permission-prompts"]
    )
    page = browser.new_context(viewport=PHONE, locale="zh-CN", service_workers="block").new_page()
    people.sign_in(page, house.server.url, "guard")
    people.start_round(page, house.server.url)
    page.click("#scan")
    expect(page.locator("#scanner-says")).to_contain_text("没有相机权限", timeout=SOON)
    look(page, "scanner-denied")
    page.get_by_role("button", name="关闭").first.click()
    people.arrive_by_hand(page)
    page.locator('[data-kind="pass_fail"] [data-verdict="pass"]').click()
    people.complete_point(page)
    light(page, "sent")
    browser.close()
