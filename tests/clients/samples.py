"""What the published sample notebooks of the service do, call by call, on small data of our own. See README.md."""

import csv
import datetime
import io
import json
import random
import time
import uuid

from botocore.exceptions import ClientError

from bucket import ROLE, fetch, location, named, upload
from client import events, personalize, runtime, step, until, until_gone

SCHEMA = {"type": "record", "namespace": "com.amazonaws.personalize.schema", "version": "1.0"}
RECIPE = "arn:aws:personalize:::recipe/"
GENRES = ["Action", "Comedy", "Drama", "Film-Noir"]
MOVIES = {str(1 + movie): GENRES[movie % len(GENRES)] for movie in range(80)}  # the samples turn ids into numbers
USERS = 90
EVENTS_OF_A_USER = 14
START = 1_700_000_000


def field(name, kind="string", **more):
    return {"name": name, "type": kind, **more}


USER, ITEM, TIME, EVENT = field("USER_ID"), field("ITEM_ID"), field("TIMESTAMP", "long"), field("EVENT_TYPE")


def watched():
    """Who watches what: each user mostly movies of one genre. (user, movie, time), oldest first."""
    dice = random.Random(7)
    for number in range(USERS * EVENTS_OF_A_USER):
        user = number % USERS
        genre = user if dice.random() < 0.8 else dice.randrange(len(GENRES))
        movie = genre % len(GENRES) + len(GENRES) * dice.randrange(len(MOVIES) // len(GENRES))
        yield user + 1, movie + 1, START + 60 * number


def csv_of(columns, rows):
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return file.getvalue()


def dataset(group, kind, fields, rows, domain=None):
    """A schema, a dataset and an import job, not waited for. Returns what the samples keep of them."""
    of_domain = {"domain": domain} if domain else {}
    schema = personalize.create_schema(
        name=named(f"sample-{kind}"), schema=json.dumps({**SCHEMA, "name": kind, "fields": fields}), **of_domain
    )["schemaArn"]
    created = personalize.create_dataset(
        name=named(f"sample-{kind}"), datasetType=kind.upper(), datasetGroupArn=group, schemaArn=schema
    )["datasetArn"]
    upload(f"{kind}.csv", rows)
    response = personalize.create_dataset_import_job(
        jobName=named(f"sample-{kind}"),
        datasetArn=created,
        dataSource={"dataLocation": location(f"{kind}.csv")},
        roleArn=ROLE,
    )
    json.dumps(response, indent=2)  # the samples print what comes
    return schema, created, response["datasetImportJobArn"]


def imported(*jobs):
    for job in jobs:
        described = until(lambda: personalize.describe_dataset_import_job(datasetImportJobArn=job)["datasetImportJob"])
        assert "latestDatasetImportJobRun" not in described


def group_of(name, domain=None):
    response = personalize.create_dataset_group(name=named(name), **({"domain": domain} if domain else {}))
    assert response.get("domain") == domain, response
    group = response["datasetGroupArn"]
    until(lambda: personalize.describe_dataset_group(datasetGroupArn=group)["datasetGroup"])
    return group


def trained(group, name, recipe, **config):
    solution = personalize.create_solution(name=named(name), datasetGroupArn=group, recipeArn=RECIPE + recipe, **config)["solutionArn"]
    response = personalize.create_solution_version(solutionArn=solution)
    json.dumps(response, indent=2)
    version = response["solutionVersionArn"]
    described = until(lambda: personalize.describe_solution_version(solutionVersionArn=version)["solutionVersion"])
    assert described["trainingHours"] > 0, described
    return solution, version


def deployed(name, version, **config):
    response = personalize.create_campaign(name=named(name), solutionVersionArn=version, minProvisionedTPS=1, **config)
    json.dumps(response, indent=2)
    campaign = response["campaignArn"]
    until(lambda: personalize.describe_campaign(campaignArn=campaign)["campaign"])
    return campaign


def metrics_of(version):
    response = personalize.get_solution_metrics(solutionVersionArn=version)
    json.dumps(response, indent=2)
    metrics = response["metrics"]
    for key in (
        "coverage",
        "mean_reciprocal_rank_at_25",
        "normalized_discounted_cumulative_gain_at_5",
        "normalized_discounted_cumulative_gain_at_10",
        "normalized_discounted_cumulative_gain_at_25",
        "precision_at_5",
        "precision_at_10",
        "precision_at_25",
    ):
        assert 0 <= metrics[key] <= 1, metrics
    return metrics


def movies_of(**request):
    response = runtime.get_recommendations(**request)
    assert response["recommendationId"]
    return [int(item["itemId"]) for item in response["itemList"]]


def click(tracking_id, user, **event):
    events.put_events(
        trackingId=tracking_id,
        userId=str(user),
        sessionId=str(uuid.uuid1()),
        eventList=[{"sentAt": int(time.time()), **event}],
    )


def getting_started():
    """A first campaign, an event tracker, and the deletes one by one."""
    schema = personalize.create_schema(
        name=named("demo-schema"), schema=json.dumps({**SCHEMA, "name": "Interactions", "fields": [USER, ITEM, TIME]})
    )["schemaArn"]
    group = group_of("launch-demo")
    created = personalize.create_dataset(
        name=named("launch-interactions"), datasetType="INTERACTIONS", datasetGroupArn=group, schemaArn=schema
    )["datasetArn"]
    until(lambda: personalize.describe_dataset(datasetArn=created)["dataset"])
    upload("movie-lens.csv", csv_of(["USER_ID", "ITEM_ID", "TIMESTAMP"], watched()))
    imported(
        personalize.create_dataset_import_job(
            jobName=named("demo-import1"),
            datasetArn=created,
            dataSource={"dataLocation": location("movie-lens.csv")},
            roleArn=ROLE,
        )["datasetImportJobArn"]
    )
    assert any(recipe["recipeArn"] == RECIPE + "aws-user-personalization" for recipe in personalize.list_recipes()["recipes"])
    solution, version = trained(group, "demo-soln", "aws-user-personalization")
    metrics_of(version)
    campaign = deployed("demo-camp", version, campaignConfig={"itemExplorationConfig": {"explorationWeight": "0.5"}})
    assert len(movies_of(campaignArn=campaign, userId="7")) == 25

    tracker = personalize.create_event_tracker(name=named("MovieClickTracker"), datasetGroupArn=group)
    click(tracker["trackingId"], 7, eventType="EVENT_TYPE", properties=json.dumps({"itemId": "70"}))
    assert 70 not in movies_of(campaignArn=campaign, userId="7"), "what was clicked a moment ago"

    personalize.delete_campaign(campaignArn=campaign)
    personalize.delete_solution(solutionArn=solution)
    personalize.delete_event_tracker(eventTrackerArn=tracker["eventTrackerArn"])
    personalize.delete_dataset(datasetArn=created)
    try:
        personalize.delete_dataset(datasetArn=created.replace("INTERACTIONS", "EVENT_INTERACTIONS"))
    except personalize.exceptions.ResourceNotFoundException:
        pass  # events are part of the interactions: as in the service today, there is no such dataset
    personalize.delete_schema(schemaArn=schema)
    personalize.delete_dataset_group(datasetGroupArn=group)


def shelves():
    """Shelves of genres, of a decade, of what was watched and was not; and a batch job for some users."""
    group = group_of("poc-movielens")
    rows = [(user, movie, when, ("watch", "click")[movie % 2]) for user, movie, when in watched()]
    jobs = [
        dataset(group, "Interactions", [USER, ITEM, EVENT, TIME], csv_of(["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE"], rows))[2],
        dataset(
            group,
            "Items",
            [ITEM, field("GENRE", categorical=True), field("YEAR", "int")],
            csv_of(["ITEM_ID", "GENRE", "YEAR"], [(movie, f"{genre}|IMAX", 1960 + int(movie) % 30) for movie, genre in MOVIES.items()]),
        )[2],
    ]
    imported(*jobs)
    _, version = trained(group, "poc-personal", "aws-user-personalization")
    metrics_of(version)
    campaign = deployed("poc-personal", version)

    def shelf(name, expression):
        response = personalize.create_filter(name=named(name), datasetGroupArn=group, filterExpression=expression)
        until(lambda: personalize.describe_filter(filterArn=response["filterArn"])["filter"])
        assert response["filterArn"].split("/")[1] == named(name)
        return response["filterArn"]

    for genre in GENRES:
        chosen = movies_of(campaignArn=campaign, userId="9", filterArn=shelf(genre, f'INCLUDE ItemID WHERE Items.GENRE IN ("{genre}")'))
        assert chosen and all(MOVIES[str(movie)] == genre for movie in chosen), (genre, chosen)
    decade = shelf("1970s", "INCLUDE ItemID WHERE Items.YEAR >= 1970 AND Items.YEAR < 1980")
    assert all(10 <= movie % 30 < 20 for movie in movies_of(campaignArn=campaign, userId="9", filterArn=decade))
    seen = shelf("watched", 'INCLUDE ItemID WHERE Interactions.event_type IN ("watch")')
    unseen = shelf("unwatched", 'EXCLUDE ItemID WHERE Interactions.event_type IN ("watch")')
    tracker = personalize.create_event_tracker(name=named("MovieTracker"), datasetGroupArn=group)
    fresh = movies_of(campaignArn=campaign, userId="9", filterArn=unseen, numResults=4)
    for movie in fresh:
        click(tracker["trackingId"], 9, eventType="watch", properties=json.dumps({"itemId": str(movie)}))
    assert set(fresh) <= set(movies_of(campaignArn=campaign, userId="9", filterArn=seen, numResults=100))
    assert not set(fresh) & set(movies_of(campaignArn=campaign, userId="9", filterArn=unseen))

    upload("json_input.json", "".join(f'{{"userId": "{user}"}}\n' for user in (3, 4, 5)))
    job = personalize.create_batch_inference_job(
        solutionVersionArn=version,
        jobName=named("VOD-POC-Batch-Inference-Job-UserPersonalization_")[:63],
        roleArn=ROLE,
        jobInput={"s3DataSource": {"path": location("json_input.json")}},
        jobOutput={"s3DataDestination": {"path": location("")}},
    )["batchInferenceJobArn"]
    until(lambda: personalize.describe_batch_inference_job(batchInferenceJobArn=job)["batchInferenceJob"])
    lines = [json.loads(line) for line in fetch("json_input.json.out").splitlines()]
    assert [(line["input"]["userId"], len(line["output"]["recommendedItems"])) for line in lines] == [("3", 25), ("4", 25), ("5", 25)]
    clean_up(group)


def exploration():
    """Impressions, an update of the model, and another weight of exploration."""
    group = group_of("exploration")
    shown = "|".join(list(MOVIES)[:3])
    interactions = csv_of(
        ["EVENT_TYPE", "IMPRESSION", "ITEM_ID", "TIMESTAMP", "USER_ID"],
        (("click", f"{movie}|{shown}", movie, when, user) for user, movie, when in watched()),
    )
    items = [(movie, genre, START - 86_400 * int(movie)) for movie, genre in MOVIES.items()]
    imported(
        dataset(group, "Interactions", [EVENT, field("IMPRESSION"), ITEM, TIME, USER], interactions)[2],
        dataset(
            group,
            "Items",
            [ITEM, field("GENRES", categorical=True), field("CREATION_TIMESTAMP", "long")],
            csv_of(["ITEM_ID", "GENRES", "CREATION_TIMESTAMP"], items),
        )[2],
    )
    tracking_id = personalize.create_event_tracker(name=named("explorer"), datasetGroupArn=group)["trackingId"]
    solution, version = trained(group, "explorer", "aws-user-personalization")
    weights = {"explorationWeight": "0.9", "explorationItemAgeCutOff": "7"}
    campaign = deployed("explorer", version, campaignConfig={"itemExplorationConfig": weights})
    shown = runtime.get_recommendations(campaignArn=campaign, userId="101")
    click(
        tracking_id,
        101,
        eventType="click",
        itemId=shown["itemList"][0]["itemId"],
        recommendationId=shown["recommendationId"],
        impression=[item["itemId"] for item in shown["itemList"]],
    )
    events.put_events(
        trackingId=tracking_id,
        userId="101",
        sessionId="1",
        eventList=[{"sentAt": datetime.datetime.now().timestamp(), "eventType": "click", "itemId": movie} for movie in ("240", "241", "242")],
    )
    update = personalize.create_solution_version(solutionArn=solution, trainingMode="UPDATE")["solutionVersionArn"]
    until(lambda: personalize.describe_solution_version(solutionVersionArn=update)["solutionVersion"])

    def described():
        return personalize.describe_campaign(campaignArn=campaign)["campaign"]

    personalize.update_campaign(campaignArn=campaign, solutionVersionArn=update)
    until(described, lambda now: now["solutionVersionArn"] == update)
    until(described, lambda now: now["latestCampaignUpdate"]["status"] == "ACTIVE")
    weights = {"explorationWeight": "0.1", "explorationItemAgeCutOff": "7"}
    personalize.update_campaign(campaignArn=campaign, campaignConfig={"itemExplorationConfig": weights})
    until(described, lambda now: now["campaignConfig"]["itemExplorationConfig"]["explorationWeight"] == "0.1")
    until(described, lambda now: now["latestCampaignUpdate"]["status"] == "ACTIVE")
    clean_up(group)


def ranking():
    """25 items put into the order of a user."""
    group = group_of("ranking-dsg")
    imported(dataset(group, "Interactions", [USER, ITEM, TIME], csv_of(["USER_ID", "ITEM_ID", "TIMESTAMP"], watched()))[2])
    _, version = trained(group, "ranking", "aws-personalized-ranking")
    metrics_of(version)
    campaign = deployed("poc-rerank", version)
    given = random.Random(3).sample(list(MOVIES), 25)
    response = runtime.get_personalized_ranking(campaignArn=campaign, userId="12", inputList=given)
    ranked = [item["itemId"] for item in response["personalizedRanking"]]
    assert sorted(ranked) == sorted(given) and ranked != given, ranked
    assert any(campaign == one["campaignArn"] for page in personalize.get_paginator("list_campaigns").paginate() for one in page["campaigns"])
    clean_up(group)


def related_items():
    """Two recipes side by side, and a search for hyperparameters."""
    group = group_of("pantry-similar-items")
    interactions = csv_of(
        ["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_VALUE", "EVENT_TYPE"],
        ((user, movie, when, 4 + movie % 2, "reviewed") for user, movie, when in watched()),
    )
    texts = [
        (movie, ("", genre)[int(movie) % 3 > 0], ("", "9.50")[int(movie) % 2], f'A "{genre}" film, and number {movie}')
        for movie, genre in MOVIES.items()
    ]
    nullable = [
        field("BRAND", ["null", "string"], categorical=True),
        field("PRICE", ["null", "float"]),
        field("DESCRIPTION", ["null", "string"], textual=True),
    ]
    imported(
        dataset(group, "Interactions", [USER, ITEM, TIME, field("EVENT_VALUE", "float"), EVENT], interactions)[2],
        dataset(group, "Items", [ITEM, *nullable], csv_of(["ITEM_ID", "BRAND", "PRICE", "DESCRIPTION"], texts))[2],
    )
    for recipe in ("aws-sims", "aws-similar-items"):
        _, version = trained(group, f"pantry-{recipe}", recipe)
        campaign = deployed(f"demo-{recipe}-example", version)
        chosen = movies_of(campaignArn=campaign, itemId="5", numResults=10)
        assert chosen and 5 not in chosen, chosen
    search = {"hpoConfig": {"hpoResourceConfig": {"maxNumberOfTrainingJobs": "40", "maxParallelTrainingJobs": "10"}}}
    solution, version = trained(group, "sims-hpo", "aws-sims", performHPO=True, solutionConfig=search)
    metrics_of(version)
    described = personalize.describe_solution_version(solutionVersionArn=version)["solutionVersion"]
    assert described["performHPO"] and described["tunedHPOParams"]["algorithmHyperParameters"], described
    assert personalize.describe_solution(solutionArn=solution)["solution"]["solutionConfig"]["hpoConfig"]["hpoResourceConfig"]
    clean_up(group)


def trending_now():
    """What rises within half an hour, before and after events."""
    group = group_of("trending_now_dataset_group")
    rows = [(user, movie, when, kind) for user, movie, when in watched() for kind in ("Click", "Watch")]
    # As pandas writes a frame when nobody says otherwise: with its index first, in a column that has no name.
    table = csv_of(["", "USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE"], [(number, *row) for number, row in enumerate(rows)])
    imported(dataset(group, "Interactions", [USER, ITEM, EVENT, TIME], table)[2])
    often = {"featureTransformationParameters": {"trend_discovery_frequency": "30 minutes"}}
    solution = personalize.create_solution(
        name=named("trending"), recipeArn=RECIPE + "aws-trending-now", datasetGroupArn=group, solutionConfig=often
    )["solutionArn"]
    version = personalize.create_solution_version(solutionArn=solution, trainingMode="FULL")["solutionVersionArn"]
    described = until(lambda: personalize.describe_solution_version(solutionVersionArn=version)["solutionVersion"])
    assert described["solutionConfig"]["featureTransformationParameters"]["trend_discovery_frequency"] == "30 minutes"
    campaign = deployed("trending-now-campaign", version)
    assert len(movies_of(campaignArn=campaign, numResults=25)) == 25
    tracking_id = personalize.create_event_tracker(name=named("trending"), datasetGroupArn=group)["trackingId"]
    for user in range(1, 6):
        for movie in (8, 9):
            click(tracking_id, user, eventType="Watch", itemId=str(movie))
    assert len(movies_of(campaignArn=campaign, numResults=25)) == 25
    clean_up(group)


def video_on_demand():
    """A domain dataset group with two recommenders."""
    domain = "VIDEO_ON_DEMAND"
    group = group_of("video-on-demand-ds-group", domain)
    columns = ["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE"]
    items = [(movie, f"{genre}|IMAX", START - 86_400 * int(movie), 1960 + int(movie) % 30) for movie, genre in MOVIES.items()]
    fields = [ITEM, field("GENRES", ["string"], categorical=True), field("YEAR", ["string"], categorical=True), field("CREATION_TIMESTAMP", "long")]
    imported(
        dataset(group, "Interactions", [USER, ITEM, EVENT, TIME], csv_of(columns, ((*row, "watch") for row in watched())), domain)[2],
        dataset(group, "Items", fields, csv_of(["ITEM_ID", "GENRES", "CREATION_TIMESTAMP", "YEAR"], items), domain)[2],
        dataset(
            group,
            "Users",
            [USER, field("GENDER", categorical=True)],
            csv_of(["USER_ID", "GENDER"], ((1 + user, ("female", "male")[user % 2]) for user in range(USERS))),
            domain,
        )[2],
    )
    recipes = personalize.list_recipes(domain=domain)["recipes"]
    assert len(recipes) >= 5 and all(recipe["domain"] == domain for recipe in recipes), recipes
    made = {}
    for recipe in ("aws-vod-more-like-x", "aws-vod-top-picks"):
        made[recipe] = personalize.create_recommender(name=named(recipe), recipeArn=RECIPE + recipe, datasetGroupArn=group)["recommenderArn"]
    for arn in made.values():
        until(lambda: personalize.describe_recommender(recommenderArn=arn)["recommender"])
    alike = movies_of(recommenderArn=made["aws-vod-more-like-x"], userId="1", itemId="40", numResults=20)
    assert alike and 40 not in alike and len(movies_of(recommenderArn=made["aws-vod-top-picks"], userId="11", numResults=20)) == 20
    clean_up(group)


def clean_up(group):
    """Everything of a group, found by its lists."""

    def pages(operation, key, **request):
        return [entry for page in personalize.get_paginator(operation).paginate(**request) for entry in page[key]]

    for entry in personalize.list_recommenders(datasetGroupArn=group, maxResults=100)["recommenders"]:
        personalize.delete_recommender(recommenderArn=entry["recommenderArn"])
        until_gone(personalize.describe_recommender, recommenderArn=entry["recommenderArn"])
    for solution in [entry["solutionArn"] for entry in pages("list_solutions", "solutions", datasetGroupArn=group)]:
        for entry in pages("list_campaigns", "campaigns", solutionArn=solution):
            assert entry["status"] in ("ACTIVE", "CREATE FAILED"), entry
            personalize.delete_campaign(campaignArn=entry["campaignArn"])
            until_gone(personalize.describe_campaign, campaignArn=entry["campaignArn"])
        assert personalize.describe_solution(solutionArn=solution)["solution"]["status"] == "ACTIVE"
        personalize.delete_solution(solutionArn=solution)
        until_gone(personalize.describe_solution, solutionArn=solution)
    for entry in pages("list_event_trackers", "eventTrackers", datasetGroupArn=group):
        personalize.delete_event_tracker(eventTrackerArn=entry["eventTrackerArn"])
    for entry in personalize.list_filters(datasetGroupArn=group, maxResults=100)["Filters"]:
        personalize.delete_filter(filterArn=entry["filterArn"])
    for entry in pages("list_datasets", "datasets", datasetGroupArn=group):
        schema = personalize.describe_dataset(datasetArn=entry["datasetArn"])["dataset"]["schemaArn"]
        personalize.delete_dataset(datasetArn=entry["datasetArn"])
        until_gone(personalize.describe_dataset, datasetArn=entry["datasetArn"])
        try:
            personalize.delete_schema(schemaArn=schema)
        except ClientError as error:
            assert error.response["Error"]["Code"] == "ResourceInUseException", error
    personalize.delete_dataset_group(datasetGroupArn=group)
    until_gone(personalize.describe_dataset_group, datasetGroupArn=group)


for sample in (getting_started, shelves, exploration, ranking, related_items, trending_now, video_on_demand):
    started = time.monotonic()
    sample()
    step(sample.__name__, started)
print("life cycle complete")
