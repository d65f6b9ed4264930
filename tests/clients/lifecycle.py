"""One whole life cycle through unmodified boto3. See README.md."""

import datetime
import http.client
import json
import os
import time
import urllib.parse

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["KINDRED_URL"]
KEY = os.environ["KINDRED_ACCESS_KEY_ID"]
SECRET = os.environ["KINDRED_SECRET_ACCESS_KEY"]
SUFFIX = os.environ.get("KINDRED_SUFFIX", f"py-{os.getpid()}")
ROLE = "arn:aws:iam::123456789012:role/PersonalizeRole"
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

SCHEMA = json.dumps(
    {
        "type": "record",
        "name": "Interactions",
        "namespace": "com.amazonaws.personalize.schema",
        "fields": [
            {"name": "USER_ID", "type": "string"},
            {"name": "ITEM_ID", "type": "string"},
            {"name": "TIMESTAMP", "type": "long"},
            {"name": "EVENT_TYPE", "type": "string"},
        ],
        "version": "1.0",
    }
)


def step(name, started):
    print(f"ok {name} ({(time.monotonic() - started) * 1000:.0f} ms)", flush=True)


def until_active(describe):
    deadline = time.monotonic() + 120
    while True:
        resource = describe()
        if resource["status"] == "ACTIVE":
            return resource
        assert resource["status"] != "CREATE FAILED", resource.get("failureReason")
        assert time.monotonic() < deadline, f"still {resource['status']} after two minutes"
        time.sleep(0.1)


def refused(code, call, **request):
    try:
        call(**request)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert error.response["Error"]["Message"], "an error says what was wrong"
        return
    raise AssertionError(f"expected {code}")


def interactions():
    given = os.environ.get("KINDRED_INTERACTIONS")
    if given:
        with open(given, "rb") as file:
            return file.read()
    rows = ["USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE"]
    for user in range(120):
        for i in range(12):
            rows.append(f"user-{user},item-{user % 4}-{(user * 7 + i) % 15},{1_700_000_000 + len(rows)},View")
    return ("\n".join(rows) + "\n").encode()


started = time.monotonic()
body = interactions()
address = urllib.parse.urlparse(ENDPOINT)
connection = http.client.HTTPConnection(address.hostname, address.port)
connection.request("PUT", f"/buckets/client-tests/{SUFFIX}/interactions.csv", body, {"x-api-key": f"{KEY}:{SECRET}"})
answer = connection.getresponse()
assert answer.status < 300, (answer.status, answer.read())
step("upload", started)

started = time.monotonic()
schema = personalize.create_schema(name=f"schema-{SUFFIX}", schema=SCHEMA)["schemaArn"]
group = personalize.create_dataset_group(name=f"group-{SUFFIX}")["datasetGroupArn"]
until_active(lambda: personalize.describe_dataset_group(datasetGroupArn=group)["datasetGroup"])
dataset = personalize.create_dataset(
    name="interactions", schemaArn=schema, datasetGroupArn=group, datasetType="Interactions"
)["datasetArn"]
until_active(lambda: personalize.describe_dataset(datasetArn=dataset)["dataset"])
job = personalize.create_dataset_import_job(
    jobName=f"import-{SUFFIX}",
    datasetArn=dataset,
    dataSource={"dataLocation": f"s3://client-tests/{SUFFIX}/interactions.csv"},
    roleArn=ROLE,
)["datasetImportJobArn"]
until_active(lambda: personalize.describe_dataset_import_job(datasetImportJobArn=job)["datasetImportJob"])
step("import", started)

started = time.monotonic()
# Releases of boto3 from before the service trained by itself do not know the member.
known = personalize.meta.service_model.operation_model("CreateSolution").input_shape.members
solution = personalize.create_solution(
    name=f"solution-{SUFFIX}",
    datasetGroupArn=group,
    recipeArn="arn:aws:personalize:::recipe/aws-user-personalization",
    **({"performAutoTraining": False} if "performAutoTraining" in known else {}),
)["solutionArn"]
until_active(lambda: personalize.describe_solution(solutionArn=solution)["solution"])
version = personalize.create_solution_version(solutionArn=solution)["solutionVersionArn"]
until_active(lambda: personalize.describe_solution_version(solutionVersionArn=version)["solutionVersion"])
metrics = personalize.get_solution_metrics(solutionVersionArn=version)["metrics"]
assert 0 < metrics["coverage"] <= 1, metrics
campaign = personalize.create_campaign(
    name=f"campaign-{SUFFIX}",
    solutionVersionArn=version,
    minProvisionedTPS=1,
    campaignConfig={"itemExplorationConfig": {"explorationWeight": "0"}},
)["campaignArn"]
until_active(lambda: personalize.describe_campaign(campaignArn=campaign)["campaign"])
step("train and deploy", started)

started = time.monotonic()
first = runtime.get_recommendations(campaignArn=campaign, userId="user-1", numResults=5)
assert len(first["itemList"]) == 5 and first["recommendationId"], first
tracker = personalize.create_event_tracker(name=f"tracker-{SUFFIX}", datasetGroupArn=group)
viewed = first["itemList"][0]["itemId"]
events.put_events(
    trackingId=tracker["trackingId"],
    userId="user-1",
    sessionId="session-1",
    eventList=[
        {
            "eventType": "View",
            "itemId": viewed,
            "sentAt": datetime.datetime.now(datetime.timezone.utc),
            "recommendationId": first["recommendationId"],
        }
    ],
)
second = runtime.get_recommendations(campaignArn=campaign, userId="user-1", numResults=5)
assert viewed not in [item["itemId"] for item in second["itemList"]], (viewed, second)
step("recommend, event, recommend", started)

started = time.monotonic()
pages = personalize.get_paginator("list_recipes").paginate(PaginationConfig={"PageSize": 3})
assert sum(len(page["recipes"]) for page in pages) >= 10
refused("InvalidNextTokenException", personalize.list_solutions, nextToken="made-up")
refused("ResourceAlreadyExistsException", personalize.create_dataset_group, name=f"group-{SUFFIX}")
refused("ResourceInUseException", personalize.delete_schema, schemaArn=schema)
refused("InvalidInputException", personalize.create_solution_version, solutionArn=solution, trainingMode="AUTOTRAIN")
refused("ResourceNotFoundException", runtime.get_recommendations, campaignArn=campaign + "x", userId="user-1")
step("pages and refusals", started)

started = time.monotonic()
personalize.delete_campaign(campaignArn=campaign)


def until_gone(describe, **request):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            describe(**request)
        except personalize.exceptions.ResourceNotFoundException:
            return
        time.sleep(0.05)
    raise AssertionError(f"still there: {request}")


until_gone(personalize.describe_campaign, campaignArn=campaign)
personalize.delete_solution(solutionArn=solution)
until_gone(personalize.describe_solution, solutionArn=solution)
personalize.delete_event_tracker(eventTrackerArn=tracker["eventTrackerArn"])
until_gone(personalize.describe_event_tracker, eventTrackerArn=tracker["eventTrackerArn"])
personalize.delete_dataset(datasetArn=dataset)
until_gone(personalize.describe_dataset, datasetArn=dataset)
personalize.delete_schema(schemaArn=schema)
personalize.delete_dataset_group(datasetGroupArn=group)
until_gone(personalize.describe_dataset_group, datasetGroupArn=group)
step("delete everything", started)
print("life cycle complete")
