namespace Kindred.Storage.Tests.Stored;

/// <summary>One payload for each kind of resource, by its grain type, as the releases wrote it that stored the contract's own records.</summary>
internal static class StoredStates
{
    public static IReadOnlyDictionary<string, string> Payloads { get; } = new Dictionary<string, string>
    {
        ["schema"] =
            """
            {"v":1,"s":{"schema":{"name":"items","schemaArn":"arn:aws:personalize:us-east-1:111111111111:schema/items",
            "schema":"{\"type\":\"record\"}","creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123,
            "domain":"ECOMMERCE"},"origin":{"invocationId":"call-1","tags":[{"tagKey":"team","tagValue":"shop"}]}}}
            """,
        ["dataset-group"] =
            """
            {"v":1,"s":{"datasetGroup":{"name":"shop","datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop",
            "status":"ACTIVE","roleArn":"arn:aws:iam::111111111111:role/r","kmsKeyArn":"arn:aws:kms:x","creationDateTime":1700000000.123,
            "lastUpdatedDateTime":1700000005.123,"failureReason":"none","domain":"ECOMMERCE"},"origin":{"invocationId":"call-1",
            "tags":[{"tagKey":"team","tagValue":"shop"}]},"number":7,"madeAs":6}}
            """,
        ["dataset"] =
            """
            {"v":1,"s":{"dataset":{"name":"items","datasetArn":"arn:aws:personalize:us-east-1:111111111111:dataset/shop/ITEMS",
            "datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop","datasetType":"ITEMS",
            "schemaArn":"arn:aws:personalize:us-east-1:111111111111:schema/items","status":"ACTIVE","creationDateTime":1700000000.123,
            "lastUpdatedDateTime":1700000005.123,"latestDatasetUpdate":null,"trackingId":null},"origin":{"invocationId":"call-1",
            "tags":[{"tagKey":"team","tagValue":"shop"}]},
            "data":{"datasetArn":"arn:aws:personalize:us-east-1:111111111111:dataset/shop/ITEMS","datasetType":"ITEMS","schema":"{}",
            "bulkSegments":[{"path":"segments/111111111111/shop/ITEMS/a.parquet","rowCount":3,"sizeBytes":100,
            "importJobArn":"arn:aws:personalize:us-east-1:111111111111:dataset-import-job/monday","sequence":2}],"streamedSegments":[],
            "snapshotPath":"snapshots/s","compactedThrough":12,"generation":5},
            "lastImport":{"importJobArn":"arn:aws:personalize:us-east-1:111111111111:dataset-import-job/monday","replacesBulk":true,
            "segments":[{"path":"segments/111111111111/shop/ITEMS/a.parquet","rowCount":3,"sizeBytes":100,
            "importJobArn":"arn:aws:personalize:us-east-1:111111111111:dataset-import-job/monday","sequence":2}],
            "snapshotPath":"snapshots/111111111111/shop/items-1","generation":4,"goodRows":3,"badRows":1,
            "quarantinePath":"quarantine/q.csv"}}}
            """,
        ["dataset-import-job"] =
            """
            {"v":1,"s":{"importJob":{"jobName":"monday",
            "datasetImportJobArn":"arn:aws:personalize:us-east-1:111111111111:dataset-import-job/monday",
            "datasetArn":"arn:aws:personalize:us-east-1:111111111111:dataset/shop/ITEMS",
            "dataSource":{"dataLocation":"s3://data/items.csv"},"roleArn":"arn:aws:iam::111111111111:role/r","status":"CREATE FAILED",
            "creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123,"failureReason":"why","importMode":"FULL",
            "publishAttributionMetricsToS3":false},"origin":{"invocationId":"call-1","tags":[{"tagKey":"team","tagValue":"shop"}]},
            "goodRows":3,"badRows":1,"quarantinePath":"quarantine/q.csv"}}
            """,
        ["data-deletion-job"] =
            """
            {"v":1,"s":{"deletionJob":{"jobName":"forget","dataDeletionJobArn":"arn:aws:personalize:us-east-1:111111111111:data-deletion-job/forget",
            "datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop","dataSource":{"dataLocation":"s3://data/gone/"},
            "roleArn":"arn:aws:iam::111111111111:role/r","status":"COMPLETED","failureReason":"none","creationDateTime":1700000000.123,
            "lastUpdatedDateTime":1700000005.123},"origin":{"invocationId":"call-1","tags":[{"tagKey":"team","tagValue":"shop"}]},
            "eventsBefore":17,"receipt":{"users":2,"datasets":[{"jobArn":"arn:aws:personalize:us-east-1:111111111111:data-deletion-job/forget",
            "datasetType":"USERS","rows":2,"users":2,"replaced":["segments/111111111111/shop/USERS/a.parquet"]}],"logRecords":4,"refusedRows":1,
            "restartedTrainings":["arn:aws:personalize:us-east-1:111111111111:solution/best/0123abcd"],
            "trainedBefore":["arn:aws:personalize:us-east-1:111111111111:solution/best/0123abce"]}}}
            """,
        ["metric-attribution"] =
            """
            {"v":1,"s":{"attribution":{"name":"results","metricAttributionArn":"arn:aws:personalize:us-east-1:111111111111:metric-attribution/results",
            "datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop",
            "metrics":[{"eventType":"Buy","name":"revenue","expression":"SUM(Items.PRICE)"}],"outputPath":"s3://reports/metrics",
            "outputKmsKeyArn":"arn:aws:kms:x","roleArn":"arn:aws:iam::111111111111:role/r","status":"ACTIVE",
            "creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123},
            "origin":{"invocationId":"call-1","tags":[{"tagKey":"team","tagValue":"shop"}]}}}
            """,
        ["solution"] =
            """
            {"v":1,"s":{"solution":{"name":"best","solutionArn":"arn:aws:personalize:us-east-1:111111111111:solution/best",
            "performHPO":true,"performAutoML":false,"performAutoTraining":true,"performIncrementalUpdate":true,
            "recipeArn":"arn:aws:personalize:::recipe/aws-user-personalization-v2",
            "datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop","eventType":"View",
            "solutionConfig":{"eventValueThreshold":"3","hpoConfig":null,"algorithmHyperParameters":{"bptt":"32"},
            "featureTransformationParameters":null,"autoMLConfig":null,"eventsConfig":null,"optimizationObjective":null,
            "trainingDataConfig":null,"autoTrainingConfig":{"schedulingExpression":"rate(3 days)"}},"autoMLResult":null,
            "status":"ACTIVE","creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123,"latestSolutionVersion":null,
            "latestSolutionUpdate":{"solutionUpdateConfig":{"autoTrainingConfig":{"schedulingExpression":"rate(3 days)"},
            "eventsConfig":null},"status":"ACTIVE","performAutoTraining":true,"performIncrementalUpdate":false,
            "creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123,"failureReason":null}},
            "origin":{"invocationId":"call-1","tags":[{"tagKey":"team","tagValue":"shop"}]}}}
            """,
        ["solution-version"] =
            """
            {"v":1,"s":{"version":{"name":"first",
            "solutionVersionArn":"arn:aws:personalize:us-east-1:111111111111:solution/best/0123abcd",
            "solutionArn":"arn:aws:personalize:us-east-1:111111111111:solution/best","performHPO":true,"performAutoML":false,
            "performIncrementalUpdate":true,"recipeArn":"arn:aws:personalize:::recipe/aws-user-personalization-v2","eventType":"View",
            "datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop",
            "solutionConfig":{"eventValueThreshold":"3","hpoConfig":null,"algorithmHyperParameters":{"bptt":"32"},
            "featureTransformationParameters":null,"autoMLConfig":null,"eventsConfig":null,"optimizationObjective":null,
            "trainingDataConfig":null,"autoTrainingConfig":{"schedulingExpression":"rate(3 days)"}},"trainingHours":0.25,
            "trainingMode":"FULL","tunedHPOParams":{"algorithmHyperParameters":{"factors":"64"}},"status":"ACTIVE",
            "failureReason":"none","creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123,"trainingType":"MANUAL"},
            "origin":{"invocationId":"call-1","tags":[{"tagKey":"team","tagValue":"shop"}]},"sequence":3,"artifactPath":"models/m",
            "metrics":{"coverage":"NaN","precision_at_5":0.5},
            "lastImportJobArn":"arn:aws:personalize:us-east-1:111111111111:dataset-import-job/monday","eventsThrough":44,
            "rung":"popularity","refinement":4,"refinementFailure":"disk","quotedDuration":"00:01:01","quotedBytes":1048576,
            "updatesVersionArn":"arn:aws:personalize:us-east-1:111111111111:solution/best/0123abcd","isUpdating":true,"updates":2,
            "lastItemsImportJobArn":"arn:aws:personalize:us-east-1:111111111111:dataset-import-job/monday"}}
            """,
        ["campaign"] =
            """
            {"v":1,"s":{"campaign":{"name":"front","campaignArn":"arn:aws:personalize:us-east-1:111111111111:campaign/front",
            "solutionVersionArn":"arn:aws:personalize:us-east-1:111111111111:solution/best/0123abcd","minProvisionedTPS":2,
            "campaignConfig":{"itemExplorationConfig":{"explorationWeight":"0.3"},"enableMetadataWithRecommendations":null,
            "syncWithLatestSolutionVersion":true,"rankingInfluence":null},"status":"ACTIVE","failureReason":"none",
            "creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123,
            "latestCampaignUpdate":{"solutionVersionArn":"arn:aws:personalize:us-east-1:111111111111:solution/best/0123abcd",
            "minProvisionedTPS":3,"campaignConfig":{"itemExplorationConfig":{"explorationWeight":"0.3"},
            "enableMetadataWithRecommendations":null,"syncWithLatestSolutionVersion":true,"rankingInfluence":null},
            "status":"CREATE FAILED","failureReason":"gone","creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123}},
            "origin":{"invocationId":"call-1","tags":[{"tagKey":"team","tagValue":"shop"}]},
            "serving":{"campaignArn":"arn:aws:personalize:us-east-1:111111111111:campaign/front",
            "solutionVersionArn":"arn:aws:personalize:us-east-1:111111111111:solution/best/0123abcd",
            "datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop","recipe":"aws-user-personalization-v2",
            "artifactPath":"models/m","metadataEnabled":true,"itemExploration":{},"rankingInfluence":{},"number":9},
            "pending":{"campaignArn":"arn:aws:personalize:us-east-1:111111111111:campaign/front",
            "solutionVersionArn":"arn:aws:personalize:us-east-1:111111111111:solution/best/0123abcd",
            "datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop","recipe":"aws-user-personalization-v2",
            "artifactPath":"models/m","metadataEnabled":true,"itemExploration":{},"rankingInfluence":{},"number":10},
            "solutionArn":"arn:aws:personalize:us-east-1:111111111111:solution/best"}}
            """,
        ["batch-inference-job"] =
            """
            {"v":1,"s":{"job":{"jobName":"night",
            "jobArn":"arn:aws:personalize:us-east-1:111111111111:batch-inference-job/night",
            "solutionVersionArn":"arn:aws:personalize:us-east-1:111111111111:solution/best/0123abcd",
            "datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop",
            "filterArn":"arn:aws:personalize:us-east-1:111111111111:filter/comedies","numResults":10,
            "input":{"path":"s3://data/in/","kmsKeyArn":null},"output":{"path":"s3://data/out/","kmsKeyArn":"arn:aws:kms:x"},
            "roleArn":"arn:aws:iam::111111111111:role/r","status":"CREATE FAILED","failureReason":"why",
            "creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123},"origin":{"invocationId":"call-1",
            "tags":[{"tagKey":"team","tagValue":"shop"}]},"config":{"itemExplorationConfig":{"explorationWeight":"0.3"},
            "rankingInfluence":null},"mode":"BATCH_INFERENCE","lines":7,"refusedLines":2}}
            """,
        ["batch-segment-job"] =
            """
            {"v":1,"s":{"job":{"jobName":"night",
            "jobArn":"arn:aws:personalize:us-east-1:111111111111:batch-segment-job/night",
            "solutionVersionArn":"arn:aws:personalize:us-east-1:111111111111:solution/best/0123abcd",
            "datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop",
            "filterArn":"arn:aws:personalize:us-east-1:111111111111:filter/comedies","numResults":10,
            "input":{"path":"s3://data/in/","kmsKeyArn":null},"output":{"path":"s3://data/out/","kmsKeyArn":"arn:aws:kms:x"},
            "roleArn":"arn:aws:iam::111111111111:role/r","status":"CREATE FAILED","failureReason":"why",
            "creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123},"origin":{"invocationId":"call-1",
            "tags":[{"tagKey":"team","tagValue":"shop"}]},"lines":7,"refusedLines":2}}
            """,
        ["dataset-export-job"] =
            """
            {"v":1,"s":{"exportJob":{"jobName":"night",
            "datasetExportJobArn":"arn:aws:personalize:us-east-1:111111111111:dataset-export-job/night",
            "datasetArn":"arn:aws:personalize:us-east-1:111111111111:dataset/shop/ITEMS","ingestionMode":"ALL",
            "roleArn":"arn:aws:iam::111111111111:role/r","output":{"path":"s3://data/out/","kmsKeyArn":null},
            "status":"CREATE FAILED","failureReason":"why","creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123},
            "origin":{"invocationId":"call-1","tags":[{"tagKey":"team","tagValue":"shop"}]},"rows":9}}
            """,
        ["event-tracker"] =
            """
            {"v":1,"s":{"tracker":{"name":"clicks","eventTrackerArn":"arn:aws:personalize:us-east-1:111111111111:event-tracker/89abcdef",
            "accountId":"111111111111","trackingId":"2f1c9c3e-0000-4000-8000-000000000001",
            "datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop","status":"ACTIVE",
            "creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123},"origin":{"invocationId":"call-1",
            "tags":[{"tagKey":"team","tagValue":"shop"}]},"number":8}}
            """,
        ["recommender"] =
            """
            {"v":1,"s":{"recommender":{"name":"front","recommenderArn":"arn:aws:personalize:us-east-1:111111111111:recommender/front",
            "datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop",
            "recipeArn":"arn:aws:personalize:::recipe/aws-ecomm-recommended-for-you",
            "recommenderConfig":{"itemExplorationConfig":{"explorationWeight":"0.3"},"minRecommendationRequestsPerSecond":2,
            "trainingDataConfig":{"excludedDatasetColumns":{"ITEMS":["SHELF"]},"includedDatasetColumns":null},
            "enableMetadataWithRecommendations":true},"status":"ACTIVE","failureReason":"none",
            "creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123,
            "latestRecommenderUpdate":{"recommenderConfig":{"itemExplorationConfig":{"explorationWeight":"0.3"},
            "minRecommendationRequestsPerSecond":3,"trainingDataConfig":null,"enableMetadataWithRecommendations":null},
            "status":"CREATE FAILED","failureReason":"gone","creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123}},
            "origin":{"invocationId":"call-1","tags":[{"tagKey":"team","tagValue":"shop"}]},
            "model":{"versionArn":"arn:aws:personalize:us-east-1:111111111111:recommender/front/0123abcd","artifactPath":"models/m",
            "metrics":{"coverage":0.5}},
            "next":{"versionArn":"arn:aws:personalize:us-east-1:111111111111:recommender/front/0123abce","artifactPath":"models/n",
            "metrics":{"coverage":0.25}},
            "trainingArn":"arn:aws:personalize:us-east-1:111111111111:recommender/front/0123abcf","number":9}}
            """,
        ["filter"] =
            """
            {"v":1,"s":{"filter":{"name":"comedies","filterArn":"arn:aws:personalize:us-east-1:111111111111:filter/comedies",
            "datasetGroupArn":"arn:aws:personalize:us-east-1:111111111111:dataset-group/shop",
            "filterExpression":"INCLUDE ItemID WHERE Items.GENRE IN (\u0022Comedy\u0022)","status":"ACTIVE",
            "creationDateTime":1700000000.123,"lastUpdatedDateTime":1700000005.123},"origin":{"invocationId":"call-1",
            "tags":[{"tagKey":"team","tagValue":"shop"}]},"number":8}}
            """,
    };
}
