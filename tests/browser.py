"""Sees to it that the tests have a browser, and letters for Chinese in its pictures."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
CJK_FONTS = ("fonts-noto-cjk", "fonts-droid-fallback")


def missing_packages() -> list[str]:
    """The Debian packages that are wanted and not there."""
    missing = [] if CHROMIUM.exists() else ["chromium"]
    if not any(is_installed(font) for font in CJK_FONTS):
        missing.append(CJK_FONTS[0])
    return missing


def is_installed(package: str) -> bool:
    """Debian knows this package as installed."""
    query = ["dpkg-query", "-W", "-f", "${Status}", package]
    answer = subprocess.run(query, capture_output=True, text=True)
    return answer.stdout.endswith("ok installed")


def install(packages: list[str]) -> bool:
    """Install them as root or through sudo, where that asks for no password."""
    if os.geteuid() == 0:
        prefix = []
    elif (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    ):
        prefix = ["sudo", "-n"]
    else:
        return False
    print("Installing", *packages, "...", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    quietly([*apt, "update"])
    return quietly([*apt, "--no-install-recommends", "install", *packages])


def quietly(command: list[str]) -> bool:
    """Run it for its errors only, and say whether it went well."""
    return subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0


def main() -> int:
    """Install what is missing, or say exactly what to install."""
    packages = missing_packages()
    if packages and not install(packages):
        print("The tests need a browser. Install it with:\n")
        print(f"  sudo apt-get update && sudo apt-get install -y {' '.join(packages)}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
