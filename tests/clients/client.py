"""What the scripts of boto3 share: its clients of the deployment, polling, refusals, and steps that say how long they took."""

import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from bucket import ENDPOINT, KEY, SECRET

SETTINGS = dict(
    endpoint_url=ENDPOINT,
    region_name="us-east-1",
    aws_access_key_id=KEY,
    aws_secret_access_key=SECRET,
    config=Config(retries={"max_attempts": 1}),
)
personalize = boto3.client("personalize", **SETTINGS)
runtime = boto3.client("personalize-runtime", **SETTINGS)
events = boto3.client("personalize-events", **SETTINGS)


def step(name, started):
    print(f"ok {name} ({(time.monotonic() - started) * 1000:.0f} ms)", flush=True)


def until(describe, done=lambda resource: resource["status"] == "ACTIVE"):
    """Polls, as clients do, until the resource is ACTIVE, or is what else was asked for."""
    deadline = time.monotonic() + 120
    while True:
        resource = describe()
        if done(resource):
            return resource
        assert "FAILED" not in resource["status"], resource.get("failureReason")
        assert time.monotonic() < deadline, f"still {resource} after two minutes"
        time.sleep(0.05)


def until_gone(describe, **request):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            describe(**request)
        except personalize.exceptions.ResourceNotFoundException:
            return
        time.sleep(0.05)
    raise AssertionError(f"still there: {request}")


def refused(code, call, **request):
    """Calls what is to be refused with an error of the contract: also the client's own exception class, with what it says."""
    client = call.__self__
    try:
        call(**request)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert isinstance(error, getattr(client.exceptions, code)), type(error)
        assert error.response["Error"]["Message"], "an error says what was wrong"
        assert 400 <= error.response["ResponseMetadata"]["HTTPStatusCode"] < 500, error.response
        return
    raise AssertionError(f"expected {code}")
