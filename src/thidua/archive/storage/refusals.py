"""What a storage's refusals mean and what to do about them, in words. Credentials are never among them."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from thidua.errors import StorageError

_ACCOUNT = (
    "kho không nhận tài khoản này; hãy kiểm tra AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY hoặc ~/.aws/credentials, "
    "nếu hết hạn thì xin cấp lại"
)
_RIGHTS = "tài khoản này không được đọc hoặc ghi ở đây; hãy nhờ người quản trị kho cấp quyền"
_BUSY = "kho đang bận hoặc ngừng phục vụ; hãy chạy lại lệnh sau ít phút, phần đã gửi không phải gửi lại"
_FULL = "kho hết chỗ hoặc vượt hạn mức; hãy nhờ người quản trị kho dọn bớt hoặc tăng hạn mức"
_REGION = "kho ở vùng khác; hãy đặt AWS_DEFAULT_REGION theo người quản trị kho"
_UNREACHABLE = (
    "không nối được tới kho; hãy kiểm tra mạng và địa chỉ máy chủ (AWS_ENDPOINT_URL hoặc ~/.aws/config), rồi chạy lại"
)
_CUT = "kết nối tới kho bị ngắt giữa chừng hoặc quá chậm; hãy chạy lại lệnh, phần đã gửi không phải gửi lại"
_NO_ACCOUNT = (
    "chưa có tài khoản của kho; hãy đặt AWS_ACCESS_KEY_ID và AWS_SECRET_ACCESS_KEY, hoặc ghi vào ~/.aws/credentials"
)
_BY_CODE = {
    "NoSuchBucket": "không có kho tên này; hãy kiểm tra lại địa chỉ, hoặc nhờ người quản trị kho tạo",
    "InvalidBucketName": "tên kho không hợp lệ; hãy kiểm tra lại địa chỉ",
    "InvalidAccessKeyId": _ACCOUNT,
    "SignatureDoesNotMatch": _ACCOUNT,
    "InvalidToken": _ACCOUNT,
    "ExpiredToken": _ACCOUNT,
    "401": _ACCOUNT,
    "AccessDenied": _RIGHTS,
    "403": _RIGHTS,
    "RequestTimeTooSkewed": "đồng hồ của máy này lệch giờ so với kho; hãy chỉnh lại đồng hồ",
    "AuthorizationHeaderMalformed": _REGION,
    "PermanentRedirect": _REGION,
    "301": _REGION,
    "QuotaExceeded": _FULL,
    "EntityTooLarge": _FULL,
    "507": _FULL,
    "413": _FULL,
}
_MISSING = ("NoSuchKey", "404")


@contextmanager
def told(url: str) -> Iterator[None]:
    """Tell a refusal of the storage at ``url`` as StorageError. A missing file stays FileNotFoundError.

    What the machine itself refuses, a full disk for one, stays as it is: it names its file.
    """
    try:
        yield
    except Exception as error:
        meaning = _meaning(error)
        if meaning is None:
            raise
        raise StorageError(url, meaning) from error


def _meaning(error: Exception) -> str | None:
    from botocore import exceptions as said

    refusal = next((e for e in (error, error.__cause__) if isinstance(e, said.ClientError)), None)
    if refusal is not None:
        return _of_refusal(refusal)
    if isinstance(error, said.NoCredentialsError | said.PartialCredentialsError | said.ProfileNotFound):
        return _NO_ACCOUNT
    if isinstance(error, said.EndpointConnectionError | said.ConnectTimeoutError | said.SSLError | socket.gaierror):
        return _UNREACHABLE
    if isinstance(error, said.ParamValidationError):
        return _BY_CODE["InvalidBucketName"]
    if type(error) is ValueError and "endpoint" in str(error):
        return _UNREACHABLE
    # What breaks off on the way has many names, and those of asyncio and of sockets among them.
    broken = (said.HTTPClientError, said.ConnectionError, asyncio.TimeoutError, TimeoutError, ConnectionError)
    if isinstance(error, broken) or type(error).__module__.partition(".")[0] in ("aiohttp", "botocore", "urllib3"):
        return _CUT
    return None


def _of_refusal(refusal: Exception) -> str | None:
    answer = getattr(refusal, "response", {})
    code = str(answer.get("Error", {}).get("Code", ""))
    status = str(answer.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))
    if code in _MISSING:
        return None
    if meaning := _BY_CODE.get(code) or _BY_CODE.get(status):
        return meaning
    return _BUSY if status.startswith("5") or code == "SlowDown" else f"kho từ chối ({code or status})"
