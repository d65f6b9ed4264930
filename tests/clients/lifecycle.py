"""One whole life cycle through unmodified boto3. See README.md."""

import datetime
import json
import os
import time

from bucket import ROLE, fetch, location, named, upload
from client import events, personalize, refused, runtime, step, until, until_gone

SCHEMA = {"type": "record", "namespace": "com.amazonaws.personalize.schema", "version": "1.0"}
RECIPE = "arn:aws:personalize:::recipe/"


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


def text(name, **more):
    return {"name": name, "type": "string", **more}


def create_schema(kind, fields):
    return personalize.create_schema(name=named(f"schema-{kind}"), schema=json.dumps({**SCHEMA, "name": kind, "fields": fields}))["schemaArn"]


def paged(operation, key, **request):
    """All entries of a list, through boto3's paginator and pages of one; older releases have no paginator for some lists."""
    if not personalize.can_paginate(operation):
        return getattr(personalize, operation)(**request)[key]
    pages = personalize.get_paginator(operation).paginate(PaginationConfig={"PageSize": 1}, **request)
    return [entry for page in pages for entry in page[key]]


started = time.monotonic()
upload("interactions.csv", interactions())
upload("items.csv", "ITEM_ID,KIND\n" + "".join(f"item-{g}-{i},{('book', 'film')[i % 2]}\n" for g in range(4) for i in range(15)))
step("upload", started)

started = time.monotonic()
fields = [text("USER_ID"), text("ITEM_ID"), {"name": "TIMESTAMP", "type": "long"}, text("EVENT_TYPE")]
schema = create_schema("Interactions", fields)
group = personalize.create_dataset_group(name=named("group"))["datasetGroupArn"]
until(lambda: personalize.describe_dataset_group(datasetGroupArn=group)["datasetGroup"])
dataset = personalize.create_dataset(
    name="interactions", schemaArn=schema, datasetGroupArn=group, datasetType="Interactions"
)["datasetArn"]
until(lambda: personalize.describe_dataset(datasetArn=dataset)["dataset"])
job = personalize.create_dataset_import_job(
    jobName=named("import"), datasetArn=dataset, dataSource={"dataLocation": location("interactions.csv")}, roleArn=ROLE
)["datasetImportJobArn"]
until(lambda: personalize.describe_dataset_import_job(datasetImportJobArn=job)["datasetImportJob"])
item_schema = create_schema("Items", [text("ITEM_ID"), text("KIND", categorical=True)])
item_dataset = personalize.create_dataset(name="items", schemaArn=item_schema, datasetGroupArn=group, datasetType="Items")["datasetArn"]
item_job = personalize.create_dataset_import_job(
    jobName=named("items"), datasetArn=item_dataset, dataSource={"dataLocation": location("items.csv")}, roleArn=ROLE
)["datasetImportJobArn"]
until(lambda: personalize.describe_dataset_import_job(datasetImportJobArn=item_job)["datasetImportJob"])
step("import", started)


def train(recipe):
    # Releases of boto3 from before the service trained by itself do not know the member.
    known = personalize.meta.service_model.operation_model("CreateSolution").input_shape.members
    solution = personalize.create_solution(
        name=named(recipe),
        datasetGroupArn=group,
        recipeArn=RECIPE + recipe,
        **({"performAutoTraining": False} if "performAutoTraining" in known else {}),
    )["solutionArn"]
    until(lambda: personalize.describe_solution(solutionArn=solution)["solution"])
    version = personalize.create_solution_version(solutionArn=solution)["solutionVersionArn"]
    until(lambda: personalize.describe_solution_version(solutionVersionArn=version)["solutionVersion"])
    return solution, version


started = time.monotonic()
solution, version = train("aws-user-personalization")
metrics = personalize.get_solution_metrics(solutionVersionArn=version)["metrics"]
assert 0 < metrics["coverage"] <= 1, metrics
campaign = personalize.create_campaign(
    name=named("campaign"),
    solutionVersionArn=version,
    minProvisionedTPS=1,
    campaignConfig={"itemExplorationConfig": {"explorationWeight": "0"}},
)["campaignArn"]
until(lambda: personalize.describe_campaign(campaignArn=campaign)["campaign"])
step("train and deploy", started)

started = time.monotonic()
first = runtime.get_recommendations(campaignArn=campaign, userId="user-1", numResults=5)
assert len(first["itemList"]) == 5 and first["recommendationId"], first
tracker = personalize.create_event_tracker(name=named("tracker"), datasetGroupArn=group)
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
events.put_items(datasetArn=item_dataset, items=[{"itemId": "item-new", "properties": json.dumps({"kind": "film"})}])
films = personalize.create_filter(
    name=named("films"), datasetGroupArn=group, filterExpression="INCLUDE ItemID WHERE Items.KIND IN ($KIND)"
)["filterArn"]
until(lambda: personalize.describe_filter(filterArn=films)["filter"])
only = runtime.get_recommendations(campaignArn=campaign, userId="user-2", filterArn=films, filterValues={"KIND": '"film"'})["itemList"]
assert only and all(item["itemId"] == "item-new" or int(item["itemId"].split("-")[2]) % 2 for item in only), only
refused("InvalidInputException", runtime.get_recommendations, campaignArn=campaign, userId="user-2", filterArn=films)
refused("InvalidInputException", events.put_items, datasetArn=item_dataset, items=[{"itemId": "i", "properties": "[]"}])
refused("ResourceNotFoundException", events.put_items, datasetArn=item_dataset.replace(named("group"), "none"), items=[{"itemId": "i"}])
refused("InvalidInputException", events.put_events, trackingId="none", sessionId="s", eventList=[{"eventType": "View", "sentAt": 1}])
step("items and filters", started)

started = time.monotonic()
upload("batch/users.json", '{"userId":"user-1"}\n{"userId":"user-2"}\n')
batch = personalize.create_batch_inference_job(
    jobName=named("batch"),
    solutionVersionArn=version,
    roleArn=ROLE,
    numResults=3,
    jobInput={"s3DataSource": {"path": location("batch/users.json")}},
    jobOutput={"s3DataDestination": {"path": location("out/")}},
)["batchInferenceJobArn"]
until(lambda: personalize.describe_batch_inference_job(batchInferenceJobArn=batch)["batchInferenceJob"])
assert [len(json.loads(line)["output"]["recommendedItems"]) for line in fetch("out/users.json.out").splitlines()] == [3, 3]
segments, affinity = train("aws-item-affinity")
upload("batch/items.json", '{"itemId":"item-1-2"}\n')
segment = personalize.create_batch_segment_job(
    jobName=named("segment"),
    solutionVersionArn=affinity,
    roleArn=ROLE,
    numResults=10,
    jobInput={"s3DataSource": {"path": location("batch/items.json")}},
    jobOutput={"s3DataDestination": {"path": location("out/")}},
)["batchSegmentJobArn"]
until(lambda: personalize.describe_batch_segment_job(batchSegmentJobArn=segment)["batchSegmentJob"])
assert len(json.loads(fetch("out/items.json.out"))["output"]["recommendedUsers"]) == 10
export = personalize.create_dataset_export_job(
    jobName=named("export"), datasetArn=dataset, ingestionMode="ALL", roleArn=ROLE, jobOutput={"s3DataDestination": {"path": location("export/")}}
)["datasetExportJobArn"]
until(lambda: personalize.describe_dataset_export_job(datasetExportJobArn=export)["datasetExportJob"])
assert fetch(f"export/{named('export')}.part-00000.csv").startswith("USER_ID,ITEM_ID,TIMESTAMP")
step("batch, segment and export", started)

started = time.monotonic()
metric = {"eventType": "View", "metricName": "views", "expression": "SAMPLECOUNT()"}
attribution = personalize.create_metric_attribution(
    name=named("attribution"), datasetGroupArn=group, metrics=[metric], metricsOutputConfig={"roleArn": ROLE}
)["metricAttributionArn"]
assert personalize.describe_metric_attribution(metricAttributionArn=attribution)["metricAttribution"]["status"] == "ACTIVE"
personalize.update_metric_attribution(metricAttributionArn=attribution, addMetrics=[{**metric, "metricName": "more"}])
names = [entry["metricName"] for entry in paged("list_metric_attribution_metrics", "metrics", metricAttributionArn=attribution)]
assert names == ["views", "more"], names
refused(
    "ResourceAlreadyExistsException", personalize.update_metric_attribution, metricAttributionArn=attribution, addMetrics=[metric]
)
personalize.tag_resource(resourceArn=campaign, tags=[{"tagKey": "team", "tagValue": "night"}])
assert personalize.list_tags_for_resource(resourceArn=campaign)["tags"] == [{"tagKey": "team", "tagValue": "night"}]
personalize.untag_resource(resourceArn=campaign, tagKeys=["team"])
assert personalize.list_tags_for_resource(resourceArn=campaign)["tags"] == []
many = [{"tagKey": f"key-{i}", "tagValue": "v"} for i in range(51)]
refused("TooManyTagsException", personalize.tag_resource, resourceArn=campaign, tags=many)
refused("TooManyTagKeysException", personalize.untag_resource, resourceArn=campaign, tagKeys=[tag["tagKey"] for tag in many])
step("attribution and tags", started)

started = time.monotonic()
assert len(paged("list_recipes", "recipes")) >= 10
for operation, key, arn_key, narrowed, arns in (
    ("list_datasets", "datasets", "datasetArn", dict(datasetGroupArn=group), {dataset, item_dataset}),
    ("list_dataset_import_jobs", "datasetImportJobs", "datasetImportJobArn", dict(datasetArn=dataset), {job}),
    ("list_dataset_export_jobs", "datasetExportJobs", "datasetExportJobArn", dict(datasetArn=dataset), {export}),
    ("list_event_trackers", "eventTrackers", "eventTrackerArn", dict(datasetGroupArn=group), {tracker["eventTrackerArn"]}),
    ("list_filters", "Filters", "filterArn", dict(datasetGroupArn=group), {films}),
    ("list_solutions", "solutions", "solutionArn", dict(datasetGroupArn=group), {solution, segments}),
    ("list_solution_versions", "solutionVersions", "solutionVersionArn", dict(solutionArn=solution), {version}),
    ("list_campaigns", "campaigns", "campaignArn", dict(solutionArn=solution), {campaign}),
    ("list_batch_inference_jobs", "batchInferenceJobs", "batchInferenceJobArn", dict(solutionVersionArn=version), {batch}),
    ("list_batch_segment_jobs", "batchSegmentJobs", "batchSegmentJobArn", dict(solutionVersionArn=affinity), {segment}),
    ("list_metric_attributions", "metricAttributions", "metricAttributionArn", dict(datasetGroupArn=group), {attribution}),
    ("list_recommenders", "recommenders", "recommenderArn", dict(datasetGroupArn=group), set()),
):
    assert {entry[arn_key] for entry in paged(operation, key, **narrowed)} == arns, operation
    refused("InvalidNextTokenException", getattr(personalize, operation), nextToken="made-up", **narrowed)
assert {schema, item_schema} <= {entry["schemaArn"] for entry in paged("list_schemas", "schemas")}
assert group in {entry["datasetGroupArn"] for entry in paged("list_dataset_groups", "datasetGroups")}
refused("ResourceAlreadyExistsException", personalize.create_dataset_group, name=named("group"))
refused("ResourceAlreadyExistsException", personalize.create_event_tracker, name="second", datasetGroupArn=group)
refused("ResourceInUseException", personalize.delete_schema, schemaArn=schema)
refused("ResourceInUseException", personalize.delete_dataset_group, datasetGroupArn=group)
refused("InvalidInputException", personalize.create_solution_version, solutionArn=solution, trainingMode="AUTOTRAIN")
refused("InvalidInputException", personalize.create_filter, name="wrong", datasetGroupArn=group, filterExpression="INCLUDE everything")
refused("ResourceNotFoundException", personalize.describe_campaign, campaignArn=campaign + "x")
refused("ResourceNotFoundException", runtime.get_recommendations, campaignArn=campaign + "x", userId="user-1")
step("pages and refusals", started)

started = time.monotonic()
personalize.delete_metric_attribution(metricAttributionArn=attribution)
personalize.delete_campaign(campaignArn=campaign)
until_gone(personalize.describe_campaign, campaignArn=campaign)
for arn in (solution, segments):
    personalize.delete_solution(solutionArn=arn)
    until_gone(personalize.describe_solution, solutionArn=arn)
personalize.delete_event_tracker(eventTrackerArn=tracker["eventTrackerArn"])
until_gone(personalize.describe_event_tracker, eventTrackerArn=tracker["eventTrackerArn"])
personalize.delete_filter(filterArn=films)
for arn, own in ((dataset, schema), (item_dataset, item_schema)):
    personalize.delete_dataset(datasetArn=arn)
    until_gone(personalize.describe_dataset, datasetArn=arn)
    personalize.delete_schema(schemaArn=own)
personalize.delete_dataset_group(datasetGroupArn=group)
until_gone(personalize.describe_dataset_group, datasetGroupArn=group)
step("delete everything", started)
print("life cycle complete")
