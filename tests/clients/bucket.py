"""The deployment that the environment names, and the bucket that its jobs read from and write to."""

import http.client
import os
import urllib.parse

ENDPOINT = os.environ["KINDRED_URL"]
KEY = os.environ["KINDRED_ACCESS_KEY_ID"]
SECRET = os.environ["KINDRED_SECRET_ACCESS_KEY"]
SUFFIX = os.environ.get("KINDRED_SUFFIX", f"py-{os.getpid()}")
BUCKET = "client-tests"
ROLE = "arn:aws:iam::123456789012:role/PersonalizeRole"
BUCKETS = os.environ.get("KINDRED_S3_URL")  # the S3 server that the deployment reads from; without one it has buckets of its own


def named(name):
    return f"{name}-{SUFFIX}"


def location(path):
    return f"s3://{BUCKET}/{SUFFIX}/{path}"


def upload(name, body):
    """Puts a file where jobs read: with boto3, where there is an S3 server."""
    body = body.encode() if isinstance(body, str) else body
    if BUCKETS:
        _objects().put_object(Bucket=BUCKET, Key=f"{SUFFIX}/{name}", Body=body)
    else:
        _ask("PUT", name, body)


def fetch(name):
    """The text of what a job wrote."""
    if BUCKETS:
        return _objects().get_object(Bucket=BUCKET, Key=f"{SUFFIX}/{name}")["Body"].read().decode()
    return _ask("GET", name).decode()


def _objects():
    import boto3

    return boto3.client("s3", endpoint_url=BUCKETS, region_name="us-east-1", aws_access_key_id="S3RVER", aws_secret_access_key="S3RVER")


def _ask(method, name, body=None):
    address = urllib.parse.urlparse(ENDPOINT)
    connection = http.client.HTTPConnection(address.hostname, address.port)
    connection.request(method, f"/buckets/{BUCKET}/{SUFFIX}/{name}", body, {"x-api-key": f"{KEY}:{SECRET}"})
    answer = connection.getresponse()
    content = answer.read()
    assert answer.status < 300, (answer.status, content)
    return content
