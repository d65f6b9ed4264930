"""Writes vectors.json: requests signed by botocore, which is an implementation of SigV4 that is not ours.

Run by hand (python3 with botocore) when a vector is added: python3 make_vectors.py > vectors.json
"""
import datetime
import json

import botocore
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY, SECRET = "KINDREDEXAMPLEKEY234", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
NOW = datetime.datetime(2026, 11, 23, 22, 15, 7, tzinfo=datetime.timezone.utc)
botocore.auth.get_current_datetime = lambda remove_tzinfo=True: NOW.replace(tzinfo=None) if remove_tzinfo else NOW

HOST = "127.0.0.1:5080"
AWS_JSON = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "AmazonPersonalize.ListRecipes"}
JSON = {"Content-Type": "application/json"}
JS = {
    "x-amz-content-sha256": None,  # filled in with the body's hash
    "amz-sdk-invocation-id": "a7b4f0c2-8f1e-4d59-9d0b-2f64f3a1c001",
    "amz-sdk-request": "attempt=1; max=3",
    "x-amz-user-agent": "aws-sdk-js/3.1138.0",
}
CASES = [
    ("boto list recipes", "POST", "/", AWS_JSON, b"{}", "us-east-1", "personalize"),
    ("boto recommendations", "POST", "/recommendations", JSON, b'{"userId":"4638"}', "us-east-1", "personalize"),
    ("js recommendations", "POST", "/recommendations", {**JSON, **JS}, b'{"userId":"4638"}', "eu-west-1", "personalize"),
    ("js list recipes", "POST", "/", {**AWS_JSON, **JS}, b"{}", "us-east-1", "personalize"),
    ("empty body", "POST", "/", AWS_JSON, b"", "us-east-1", "personalize"),
    ("body beyond ASCII", "POST", "/recommendations", JSON, '{"userId":"Zoë \N{SNOWMAN}"}'.encode(), "us-east-1", "personalize"),
    ("runs of spaces in a header", "POST", "/", {**AWS_JSON, "My-Header": "  a   b \t c  "}, b"{}", "us-east-1", "personalize"),
    ("query out of order", "POST", "/?b=2&a=1&a=0&B=3&empty=&flag", AWS_JSON, b"{}", "us-east-1", "personalize"),
    ("query with escapes", "POST", "/?x=a%20b%2Fc&y=%E2%98%83", AWS_JSON, b"{}", "us-east-1", "personalize"),
    ("escaped path, encoded twice", "GET", "/buckets/shop-data/a%20b/%E2%98%83.csv", {}, b"", "us-east-1", "personalize"),
    ("escaped path, as S3 encodes it", "GET", "/buckets/shop-data/a%20b/%E2%98%83.csv", {}, b"", "us-east-1", "s3"),
    ("plain path, as S3 encodes it", "GET", "/buckets/shop-data/items.csv", {}, b"", "us-east-1", "s3"),
    ("any region", "POST", "/", AWS_JSON, b"{}", "mars-north-7", "personalize"),
]


def sign(name, method, target, headers, body, region, service):
    request = AWSRequest(method=method, url=f"http://{HOST}{target}", data=body)
    for header, value in headers.items():
        if value is None:
            import hashlib
            value = hashlib.sha256(body).hexdigest()
        request.headers[header] = value
    signer = botocore.auth.S3SigV4Auth if service == "s3" else botocore.auth.SigV4Auth
    signer(Credentials(KEY, SECRET), service, region).add_auth(request)
    sent = {"Host": HOST, **{k: v for k, v in request.headers.items()}}
    return {"name": name, "method": method, "target": target, "headers": sent, "body": body.decode()}


print(json.dumps({
    "madeBy": f"botocore {botocore.__version__}",
    "keyId": KEY, "secret": SECRET, "time": NOW.isoformat(),
    "requests": [sign(*case) for case in CASES],
}, indent=1))
