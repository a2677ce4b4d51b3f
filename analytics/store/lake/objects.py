"""A lake's shared place in object storage that speaks S3. Where it is and who may come in stands in the environment, by
the names that every S3 program reads; nothing of that is written down anywhere.

An object is there whole or not at all, but for an upload that ends in the middle of Python's own: so each view has its
SHA-256 in its name, and is read once more before anybody is told of it.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from pyarrow.fs import AwsStandardS3RetryStrategy, FileSelector, FileType, S3FileSystem

from analytics.model.errors import NoStorageKey, StorageUnreachable
from analytics.store.lake.places import S3, digest_of
from analytics.store.literals import literal

WAIT = 5.0  # seconds for the storage to answer
TRIES = 2


@dataclass(frozen=True, slots=True)
class S3Settings:
    """`endpoint`: the address of storage that is not Amazon's."""

    key: str
    secret: str = field(repr=False)
    session: str = field(repr=False)
    region: str
    endpoint: str

    @classmethod
    def of_environment(cls) -> S3Settings:
        """Raises NoStorageKey."""
        said = os.environ.get
        key, secret = said("AWS_ACCESS_KEY_ID", ""), said("AWS_SECRET_ACCESS_KEY", "")
        if not key or not secret:
            raise NoStorageKey(f"{S3}: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY")
        region = said("AWS_REGION") or said("AWS_DEFAULT_REGION") or "us-east-1"
        endpoint = said("AWS_ENDPOINT_URL_S3") or said("AWS_ENDPOINT_URL") or ""
        return cls(key, secret, said("AWS_SESSION_TOKEN", ""), region, endpoint)

    def secret_sql(self, where: str) -> str:
        """DuckDB's statement that lets a connection into what lies under an s3:// address, and nowhere else. DuckDB
        tells nobody what is in it."""
        options = {"key_id": self.key, "secret": self.secret, "region": self.region, "scope": where}
        if self.session:
            options["session_token"] = self.session
        if self.endpoint:
            at = urlsplit(self.endpoint)
            options |= {"endpoint": f"{at.netloc}{at.path}".rstrip("/"), "url_style": "path"}
            options["use_ssl"] = str(at.scheme != "http").lower()
        told = ", ".join(f"{name} {literal(value)}" for name, value in options.items())
        return f"create or replace secret lake (type s3, {told})"


class ObjectPlace:
    """What lies in a bucket under a prefix."""

    unreachable = StorageUnreachable
    patience = 60.0

    def __init__(self, shown: str):
        """`shown`: s3://bucket, or s3://bucket/prefix."""
        self.shown, self._root = shown, shown.removeprefix(S3)

    @cached_property
    def _storage(self) -> S3FileSystem:
        return _opened(S3Settings.of_environment())

    def within(self, name: str) -> ObjectPlace:
        return ObjectPlace(f"{self.shown}/{name}")

    def begin(self, name: str = "") -> str:
        """In a bucket there is room under every name."""
        return f"{self.shown}/{name}/"

    def named(self, name: str, digest: str) -> str:
        """No two contents have one name, as nobody can be kept from writing over an object."""
        stem, dot, kind = name.rpartition(".")
        return f"{stem}.{digest}{dot}{kind}"

    def put(self, file: Path, name: str) -> None:
        with file.open("rb") as of, self._storage.open_output_stream(self._at(name)) as shared:
            shutil.copyfileobj(of, shared, 1 << 20)

    def take(self, name: str, to: Path) -> None:
        with self._storage.open_input_stream(self._at(name)) as shared, to.open("wb") as file:
            shutil.copyfileobj(shared, file, 1 << 20)

    def digest(self, name: str) -> str:
        with self._storage.open_input_stream(self._at(name)) as shared:
            return digest_of(shared)

    def names(self, under: str) -> list[str]:
        there = self._storage.get_file_info(FileSelector(self._at(under), allow_not_found=True))
        return [one.base_name for one in there if one.type == FileType.File]

    def remove(self, name: str) -> None:
        if self._storage.get_file_info(self._at(name)).type == FileType.File:
            self._storage.delete_file(self._at(name))

    def read(self, name: str) -> bytes | None:
        try:
            with self._storage.open_input_stream(self._at(name)) as shared:
                return shared.read()
        except FileNotFoundError:
            return None

    def write(self, name: str, contents: bytes) -> None:
        with self._storage.open_output_stream(self._at(name)) as shared:
            shared.write(contents)

    def is_there(self) -> bool:
        """Whether there is such a bucket. Raises OSError where it cannot be known."""
        bucket, _, _ = self._root.partition("/")
        return bool(bucket) and self._storage.get_file_info(bucket).type == FileType.Directory

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"


def let_in(where: str) -> list[str]:
    """Statements that let a connection of DuckDB with httpfs into what lies under an s3:// address, by the environment
    as it is now. Raises NoStorageKey."""
    return [f"set http_retries = {TRIES - 1}", S3Settings.of_environment().secret_sql(where)]


@lru_cache(maxsize=4)
def _opened(settings: S3Settings) -> S3FileSystem:
    return S3FileSystem(
        access_key=settings.key,
        secret_key=settings.secret,
        session_token=settings.session or None,
        region=settings.region,
        endpoint_override=settings.endpoint or None,
        connect_timeout=WAIT,
        request_timeout=WAIT,
        retry_strategy=AwsStandardS3RetryStrategy(max_attempts=TRIES),
    )
