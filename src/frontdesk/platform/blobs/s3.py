"""Files in any store that speaks S3. They are durable when the store has answered; what that means is the store's promise."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from obstore.store import S3Store

from frontdesk.core.errors import invalid
from frontdesk.platform.blobs.objects import ObjectBlobs

if TYPE_CHECKING:
    from obstore.store import S3Config

_ANSWER_S: Final = 20
_RETRY_S: Final = 5


class S3Blobs(ObjectBlobs):
    """Keeps files in a bucket, below a prefix. Buckets are named in the path, as every store understands it.

    `url` is `s3://bucket/prefix`. What is empty of the rest comes from the AWS variables of the environment, or from
    the machine's own role. Raises an `invalid` error for what is no such address; nothing is asked of the store yet.
    """

    def __init__(self, url: str, *, endpoint: str, region: str, access_key: str, secret_key: str) -> None:
        bucket, prefix = parse_bucket(url)
        config: S3Config = {"virtual_hosted_style_request": False}
        if endpoint:
            config["endpoint"] = endpoint
        if region:
            config["region"] = region
        if access_key:
            config["access_key_id"] = access_key
        if secret_key:
            config["secret_access_key"] = secret_key
        super().__init__(
            S3Store(
                bucket,
                prefix=prefix or None,
                config=config,
                client_options={
                    "allow_http": endpoint.startswith("http://"),
                    "connect_timeout": timedelta(seconds=_RETRY_S),
                    "timeout": timedelta(seconds=_ANSWER_S),
                },
                retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=_RETRY_S)},
            )
        )


def parse_bucket(url: str) -> tuple[str, str]:
    """Bucket and prefix of an `s3://` address. Raises an `invalid` error that shows what was given."""
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.netloc or parts.query or parts.fragment:
        raise invalid(
            "platform.blobs-url", f"{url} is not the address of a bucket.", hint="Write s3://bucket/prefix."
        )
    return parts.netloc, parts.path.strip("/")
