"""What every service's routes need of the web: ids in paths, one error body, safe headers, who is asking.

`ERROR_HANDLERS` and `secure_headers` are given to the application once; routes raise `FrontdeskError` and never build
an error answer themselves.
"""

from frontdesk.platform.web.bodies import require_json
from frontdesk.platform.web.client import client_address, is_secure, public_address
from frontdesk.platform.web.errors import (
    ERROR_HANDLERS,
    STATUS,
    ErrorBody,
    ErrorDetail,
    error_body,
    error_response,
)
from frontdesk.platform.web.headers import secure_headers
from frontdesk.platform.web.traced import traced
from frontdesk.platform.web.wire import Wire, optional_path_id, path_id

__all__ = [
    "ERROR_HANDLERS",
    "STATUS",
    "ErrorBody",
    "ErrorDetail",
    "Wire",
    "client_address",
    "error_body",
    "error_response",
    "is_secure",
    "optional_path_id",
    "path_id",
    "public_address",
    "require_json",
    "secure_headers",
    "traced",
]
