"""Checks a bundle of evidence with nothing but Python 3: python3 verify.py [bundle.zip] [--heads heads.csv]

Without a name it checks the folder in which it lies. It ends with 0 when everything holds, else with 1 and the
first thing that does not. See README.md for what it proves.
"""

import argparse
import csv
import hashlib
import hmac
import json
import sys
import zipfile
from datetime import datetime
from pathlib import Path


class Broken(Exception):
    """The first thing that does not hold."""


class Folder:
    def __init__(self, path):
        self.path = Path(path)

    def names(self):
        files = (
            one for one in self.path.rglob("*") if one.is_file() and "__pycache__" not in one.parts
        )
        return {one.relative_to(self.path).as_posix() for one in files}

    def read(self, name):
        return (self.path / name).read_bytes()


class Archive:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)

    def names(self):
        return {name for name in self.zip.namelist() if not name.endswith("/")}

    def read(self, name):
        return self.zip.read(name)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def check_files(place):
    manifest = json.loads(place.read("manifest.json"))["files"]
    for name in sorted(place.names() - set(manifest) - {"manifest.json"}):
        raise Broken(f"{name}: not in the manifest")
    for name, said in sorted(manifest.items()):
        try:
            data = place.read(name)
        except (KeyError, OSError, zipfile.BadZipFile) as error:
            raise Broken(f"{name}: cannot be read ({error})") from error
        if len(data) != said["size"] or sha256(data) != said["sha256"]:
            raise Broken(f"{name}: changed")
    return len(manifest)


def check_photos(place, bundle):
    for photo in bundle["photos"]:
        if sha256(place.read(photo["file"])) != photo["sha256"]:
            raise Broken(f"{photo['file']}: not the photo that was taken")


def digests(bundle):
    """What each thing in this bundle hashes to, by its kind and id."""
    found = {}
    for one in bundle["operations"]:
        if sha256(one["body"].encode()) != one["facts"]["body"]:
            raise Broken(f"operation {one['facts']['id']}: its body is another")
        kind = "held" if one["facts"]["status"] == "quarantined" else "operation"
        found[kind, one["facts"]["id"]] = sha256(canonical(one["facts"]))
    for run in bundle["runs"]:
        if run["sealed"]:
            found["run_sealed", run["id"]] = sha256(canonical(run["facts"]))
    for photo in bundle["photos"]:
        found["photo", photo["sha256"]] = photo["sha256"]
    for seed in bundle.get("seeds", []):
        bound = {name: seed[name] for name in ("id", "site_id", "local_date", "commitment")}
        found["round_seed", seed["id"]] = sha256(canonical(bound))
    return found


def held_before(bundle):
    """What operations hashed to that were held back and performed afterwards, while they waited."""
    found = {}
    for one in bundle["operations"]:
        facts = one["facts"]
        code = facts["facts"].get("held")
        if code:
            named = {"kind": facts["kind"], "version": str(facts["version"])}
            waiting = {
                "status": "quarantined",
                "code": code,
                "facts": named if code == "unknown_operation" else {},
            }
            found["held", facts["id"]] = sha256(canonical(facts | waiting))
    return found


def check_draws(bundle):
    """Draw every challenge again from the seeds that have been told; how many were asked."""
    told = {one["id"]: one for one in bundle.get("seeds", []) if "seed" in one}
    bound_at = {
        one["ref_id"]: one["at"] for one in bundle["chain"]["links"] if one["kind"] == "round_seed"
    }
    for seed in told.values():
        check_seed(seed)
    asked = 0
    for run in bundle["runs"]:
        seed = told.get(run.get("seed"))
        if seed is None:
            continue
        early = instant(bound_at[seed["id"]]) <= instant(run["opens_at"])
        for visit in run["facts"]["visits"]:
            kept = visit.get("challenge") or {}
            drawn = lot(seed, run["facts"]["run"], visit["checkpoint_id"]) if early else None
            if kept.get("asked") != drawn:
                raise Broken(f"visit {visit['id']}: another challenge than was drawn")
            if drawn and kept["outcome"] in ("right", "wrong"):
                is_right = kept["choice"] == seed["words"][drawn]["right"]
                if is_right != (kept["outcome"] == "right") or kept["given"] != drawn:
                    raise Broken(f"visit {visit['id']}: its challenge was judged otherwise")
            asked += drawn is not None
    return asked


def check_seed(seed):
    bound = {
        "seed": seed["seed"],
        "site_id": seed["site_id"],
        "day": seed["local_date"],
        "draws": seed["draws"],
    }
    if seed["challenges"]:
        bound["challenges"] = seed["challenges"]
    if sha256(canonical(bound)) != seed["commitment"]:
        raise Broken(f"seed of {seed['local_date']}: not what was published before the day")
    for pool in seed["challenges"]["pool"].values():
        for one in pool:
            if sha256(canonical(seed["words"][one["id"]])) != one["sha256"]:
                raise Broken(f"challenge {one['id']}: not the words that were bound")


def lot(seed, run, checkpoint):
    """The challenge that follows from the seed for this person, round and checkpoint, or None."""
    pool = seed["challenges"]["pool"].get(checkpoint, [])
    said = f"challenge/{run['occurrence_id']}/{run['person_id']}"
    key = hmac.new(bytes.fromhex(seed["seed"]), said.encode(), hashlib.sha256).digest()
    thrown = hmac.new(key, checkpoint.encode(), hashlib.sha256).digest()
    if not pool or int.from_bytes(thrown[0:4], "big") % seed["challenges"]["one_in"]:
        return None
    return pool[int.from_bytes(thrown[4:8], "big") % len(pool)]["id"]


def instant(text):
    return datetime.fromisoformat(text)


def check_chain(bundle):
    chain, wanted = bundle["chain"], digests(bundle)
    linked = {(link["kind"], link["ref_id"]) for link in chain["links"]}
    wanted |= {name: said for name, said in held_before(bundle).items() if name in linked}
    before = None
    for link in chain["links"]:
        said = {name: link[name] for name in ("n", "kind", "ref_id", "digest", "at")} | {
            "site_id": chain["site_id"]
        }
        whole = b"\0" + bytes.fromhex(link["prev_hash"]) + canonical(said)
        if before and (link["n"], link["prev_hash"]) != (before["n"] + 1, before["hash"]):
            raise Broken(f"link {link['n']}: does not hang on the one before it")
        if sha256(whole) != link["hash"]:
            raise Broken(f"link {link['n']}: its hash is not that of what it says")
        content = wanted.pop((link["kind"], link["ref_id"]), link["digest"])
        if content != link["digest"]:
            raise Broken(f"link {link['n']}: {link['kind']} {link['ref_id']} was changed")
        before = link
    if wanted:
        kind, ref_id = min(wanted)
        raise Broken(f"in no link: {kind} {ref_id}")
    if before and chain["head"] != {"n": before["n"], "hash": before["hash"]}:
        raise Broken("the chain does not end at its head")
    return len(chain["links"])


def check_heads(bundle, file):
    """Hold the end of the chain against heads that were kept elsewhere."""
    links = {link["n"]: link["hash"] for link in bundle["chain"]["links"]}
    held = 0
    with open(file, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["site_id"] == bundle["chain"]["site_id"] and int(row["n"]) in links:
                if links[int(row["n"])] != row["hash"]:
                    raise Broken(f"link {row['n']}: the head kept of {row['day']} says otherwise")
                held += 1
    if not held:
        raise Broken("none of the heads kept is of these links")
    return held


def main():
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("bundle", nargs="?", default=Path(__file__).resolve().parent)
    asked.add_argument("--heads", help="heads that were kept elsewhere (propapp heads)")
    chosen = asked.parse_args()
    try:
        place = (
            Archive(chosen.bundle) if zipfile.is_zipfile(chosen.bundle) else Folder(chosen.bundle)
        )
        files = check_files(place)
        bundle = json.loads(place.read("bundle.json"))
        check_photos(place, bundle)
        links = check_chain(bundle)
        asked = check_draws(bundle)
        held = check_heads(bundle, chosen.heads) if chosen.heads else 0
    except Broken as broken:
        print(f"BROKEN / 不符: {broken}")
        return 1
    except (OSError, ValueError, LookupError, TypeError, zipfile.BadZipFile) as error:
        print(f"BROKEN / 不符: it cannot be read ({error})")
        return 1
    head = bundle["chain"]["head"]
    print(
        f"OK / 全部相符: {files} files, {len(bundle['photos'])} photos, {links} links, {asked} challenges drawn again, {held} heads kept elsewhere"
    )
    print(f"Head / 链尾: {head['n']} {head['hash']}" if head else "No link / 没有链环")
    return 0


if __name__ == "__main__":
    sys.exit(main())
