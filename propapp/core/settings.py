"""All configuration, read once from the environment; the defaults are the embedded app."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where data lies, which port is served, and from which origins it may be used."""

    model_config = SettingsConfigDict(env_prefix="PROPAPP_", extra="ignore", populate_by_name=True)

    data: Path = Path("data")
    database: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=3000, validation_alias=AliasChoices("PORT", "PROPAPP_PORT"))
    origins: str = ""
    # Addresses of proxies whose X-Forwarded-For and -Proto are believed.
    proxies: str = ""
    session_days: int = 30
    # Where attempts to sign in are counted: memory:// or, with several servers, redis://host.
    attempts: str = "memory://"
    demo: bool = False
    # Visits scored below these points: all of them get a second look, or one in so many by lot.
    look_all_below: int = Field(default=10, ge=0, le=100)
    look_below: int = Field(default=40, ge=0, le=100)
    look_one_in: int = Field(default=50, ge=1)
    # One in so many visits to a point with prepared challenges is asked one of them, by lot.
    challenge_one_in: int = Field(default=4, ge=1)

    @property
    def database_url(self) -> str:
        """The configured database, by default an SQLite file in the data folder."""
        return self.database or f"sqlite:///{self.data.resolve() / 'propapp.db'}"

    @property
    def photo_folder(self) -> Path:
        """Where the disk store keeps photos."""
        return self.data / "photos"

    @property
    def trusted_proxies(self) -> frozenset[str]:
        """Proxies in front of this server, by address."""
        return frozenset(proxy.strip() for proxy in self.proxies.split(",") if proxy.strip())

    @property
    def allowed_origins(self) -> list[str]:
        """Origins whose pages may open a socket here: our own address and those configured."""
        own = [f"http://{name}:{self.port}" for name in ("127.0.0.1", "localhost")]
        return own + [
            origin.strip().rstrip("/") for origin in self.origins.split(",") if origin.strip()
        ]


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
