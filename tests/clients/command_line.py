"""One whole life cycle through the unmodified command line of AWS. See README.md."""

import json
import os
import subprocess
import tempfile
import time

from bucket import ENDPOINT, KEY, ROLE, SECRET, location, named, upload

ENVIRONMENT = {
    **os.environ,
    "AWS_ACCESS_KEY_ID": KEY,
    "AWS_SECRET_ACCESS_KEY": SECRET,
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_MAX_ATTEMPTS": "1",
    "AWS_PAGER": "",
}
INTERACTIONS = [("USER_ID", "string"), ("ITEM_ID", "string"), ("TIMESTAMP", "long"), ("EVENT_TYPE", "string")]


def run(service, operation, **arguments):
    """Runs it as a shell would, with --option value for each; lists and maps go as JSON. Returns code, output and errors."""
    command = ["aws", service, operation, "--endpoint-url", ENDPOINT, "--output", "json"]
    for name, value in arguments.items():
        command += [f"--{name.replace('_', '-')}"]
        if value is not True:  # an option without a value
            command += [value if isinstance(value, str) else json.dumps(value)]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def aws(operation, service="personalize", **arguments):
    code, output, errors = run(service, operation, **arguments)
    assert code == 0, (operation, code, errors)
    print(f"ok {operation}", flush=True)
    return json.loads(output) if output.strip() else {}


def refused(error, operation, service="personalize", **arguments):
    """An error of the service ends the command with 254 (1: 255), and stands in what it says."""
    code, output, errors = run(service, operation, **arguments)
    assert code in (254, 255) and output == "", (operation, code, output, errors)
    assert f"An error occurred ({error})" in errors, (operation, errors)
    print(f"ok {operation}: {error}", flush=True)


def until_active(operation, key, **arguments):
    deadline = time.monotonic() + 120
    while True:
        code, output, errors = run("personalize", operation, **arguments)
        assert code == 0, (operation, errors)
        resource = json.loads(output)[key]
        if resource["status"] == "ACTIVE":
            return resource
        assert "FAILED" not in resource["status"], resource
        assert time.monotonic() < deadline, f"still {resource['status']} after two minutes"


record = {"type": "record", "name": "Interactions", "namespace": "com.amazonaws.personalize.schema", "version": "1.0"}
record["fields"] = [{"name": name, "type": kind} for name, kind in INTERACTIONS]
rows = [",".join(name for name, _ in INTERACTIONS)]
rows += [f"user-{user},item-{user % 4}-{(user * 7 + i) % 15},{1_700_000_000 + user * 20 + i},View" for user in range(120) for i in range(12)]
with tempfile.TemporaryDirectory() as folder:
    file = os.path.join(folder, "schema.json")
    with open(file, "w", encoding="utf-8") as out:
        json.dump(record, out)
    schema = aws("create-schema", name=named("schema"), schema=f"file://{file}")["schemaArn"]
upload("interactions.csv", "\n".join(rows) + "\n")
refused("ResourceAlreadyExistsException", "create-schema", name=named("schema"), schema=json.dumps(record))
group = aws("create-dataset-group", name=named("group"), tags=[{"tagKey": "team", "tagValue": "night"}])["datasetGroupArn"]
until_active("describe-dataset-group", "datasetGroup", dataset_group_arn=group)
dataset = aws(
    "create-dataset", name="interactions", schema_arn=schema, dataset_group_arn=group, dataset_type="Interactions"
)["datasetArn"]
job = aws(
    "create-dataset-import-job",
    job_name=named("import"),
    dataset_arn=dataset,
    data_source=f"dataLocation={location('interactions.csv')}",
    role_arn=ROLE,
)["datasetImportJobArn"]
until_active("describe-dataset-import-job", "datasetImportJob", dataset_import_job_arn=job)

recipe = "arn:aws:personalize:::recipe/aws-user-personalization"
assert recipe in [entry["recipeArn"] for entry in aws("list-recipes", page_size="5")["recipes"]]
solution = aws("create-solution", name=named("solution"), dataset_group_arn=group, recipe_arn=recipe)["solutionArn"]
version = aws("create-solution-version", solution_arn=solution)["solutionVersionArn"]
until_active("describe-solution-version", "solutionVersion", solution_version_arn=version)
assert aws("get-solution-metrics", solution_version_arn=version)["metrics"]["coverage"] > 0
config = {"itemExplorationConfig": {"explorationWeight": "0"}}
campaign = aws(
    "create-campaign", name=named("campaign"), solution_version_arn=version, min_provisioned_tps="1", campaign_config=config
)["campaignArn"]
described = until_active("describe-campaign", "campaign", campaign_arn=campaign)
assert described["creationDateTime"] and described["solutionVersionArn"] == version, described
tracker = aws("create-event-tracker", name=named("tracker"), dataset_group_arn=group)
seen = aws(
    "create-filter",
    name=named("seen"),
    dataset_group_arn=group,
    filter_expression='EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("View")',
)["filterArn"]

asked = dict(service="personalize-runtime", campaign_arn=campaign, user_id="user-1", num_results="5")
viewed = aws("get-recommendations", **asked)["itemList"][0]["itemId"]
aws(
    "put-events",
    service="personalize-events",
    tracking_id=tracker["trackingId"],
    user_id="user-1",
    session_id="session",
    event_list=[{"eventType": "View", "itemId": viewed, "sentAt": time.time()}],
)
items = [item["itemId"] for item in aws("get-recommendations", filter_arn=seen, **asked)["itemList"]]
assert viewed not in items, (viewed, items)
refused("InvalidInputException", "get-recommendations", **{**asked, "num_results": "501"})
refused("ResourceNotFoundException", "get-recommendations", **{**asked, "campaign_arn": campaign + "x"})

assert [tag["tagValue"] for tag in aws("list-tags-for-resource", resource_arn=group)["tags"]] == ["night"]
aws("tag-resource", resource_arn=campaign, tags=[{"tagKey": "stage", "tagValue": "test"}])
aws("untag-resource", resource_arn=campaign, tag_keys=["stage"])
assert [entry["solutionArn"] for entry in aws("list-solutions", dataset_group_arn=group, page_size="1")["solutions"]] == [solution]
assert [entry["filterArn"] for entry in aws("list-filters", dataset_group_arn=group)["Filters"]] == [seen]
refused("InvalidNextTokenException", "list-schemas", next_token="made-up", no_paginate=True)
refused("ResourceInUseException", "delete-dataset-group", dataset_group_arn=group)
refused("InvalidInputException", "create-filter", name="wrong", dataset_group_arn=group, filter_expression="INCLUDE everything")
code, _, errors = run("personalize", "create-schema", name=named("more"))
assert code in (252, 2) and "--schema" in errors, "what is missing, the command line says itself"

aws("delete-campaign", campaign_arn=campaign)
refused("ResourceNotFoundException", "describe-campaign", campaign_arn=campaign)
aws("delete-solution", solution_arn=solution)
aws("delete-event-tracker", event_tracker_arn=tracker["eventTrackerArn"])
aws("delete-filter", filter_arn=seen)
aws("delete-dataset", dataset_arn=dataset)
aws("delete-schema", schema_arn=schema)
aws("delete-dataset-group", dataset_group_arn=group)
print("life cycle complete")
