using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Testing;

namespace Kindred.EndToEnd.Tests.Hostile;

/// <summary>A thousand ways to be wrong, the same on every run.</summary>
internal sealed class HostileRequests(Uri host, string account, string otherArn)
{
    private const string Role = "arn:aws:iam::000000000000:role/not-used";
    private static readonly string[] Operations = ReadOperations();
    private readonly Random _random = new(5);

    public IEnumerable<HostileRequest> All() =>
        [
            .. BadSignatures(), .. WrongTypes(), .. NotJson(), .. DeepJson(), .. HugeBodies(), .. BadKeys(), .. BadLocations(),
            .. OthersArns(), .. WrongDoors(),
        ];

    private static IEnumerable<HostileRequest> BadSignatures()
    {
        var now = DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var credential = $"AKIAKINDREDTESTFIRST/{now[..8]}/us-east-1/personalize/aws4_request";
        var zeros = new string('0', 64);
        string?[] headers =
        [
            null, "", "AWS4-HMAC-SHA256", "Basic YTpi", "Bearer nothing", $"AWS4-HMAC-SHA256 Credential={credential}",
            $"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host;x-amz-date",
            $"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host;x-amz-date, Signature={zeros}",
            $"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=x-amz-date, Signature={zeros}",
            $"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=;;;, Signature=",
            $"AWS4-HMAC-SHA256 Credential=NOBODY/{now[..8]}/us-east-1/personalize/aws4_request, SignedHeaders=host;x-amz-date, Signature={zeros}",
            $"AWS4-HMAC-SHA256 Credential=../../keys/{now[..8]}/us-east-1/personalize/aws4_request, SignedHeaders=host, Signature={zeros}",
            $"AWS4-HMAC-SHA256 Credential={credential.Replace("personalize", "s3", StringComparison.Ordinal)}, "
            + $"SignedHeaders=host;x-amz-date, Signature={zeros}",
            "AWS4-HMAC-SHA256 Credential=AKIAKINDREDTESTFIRST/19990101/us-east-1/personalize/aws4_request, SignedHeaders=host;x-amz-date, "
            + $"Signature={zeros}",
            $"AWS4-HMAC-SHA256 {new string('A', 8_000)}",
        ];
        foreach (var date in (string?[])[now, null, "yesterday", "19990101T000000Z", "99999999T999999Z", "20361231T000000Z"])
        {
            foreach (var header in headers)
            {
                var message = Control("ListSchemas", "{}");
                if (header is not null) message.Headers.TryAddWithoutValidation("Authorization", header);
                if (date is not null) message.Headers.TryAddWithoutValidation("X-Amz-Date", date);
                yield return new($"signature '{header}' at '{date}'", message, Signed: false);
            }
        }

        foreach (var key in (string[])["", ":", "AKIAKINDREDTESTFIRST", "AKIAKINDREDTESTFIRST:", "AKIAKINDREDTESTFIRST:wrong", ":secret", "a:b:c:d", new string('k', 9_000), "../../kindred.db:x", "AKIAKINDREDTESTFIRST:\u00e9"])
        {
            var message = Control("ListSchemas", "{}");
            message.Headers.TryAddWithoutValidation("x-api-key", key);
            yield return new($"x-api-key '{key}'", message, Signed: false, Malformed: !Ascii.IsValid(key));
        }
    }

    /// <summary>Every operation of the contract, with members of every wrong kind.</summary>
    private IEnumerable<HostileRequest> WrongTypes()
    {
        string[] values = ["1", "-1e308", "true", "null", "[]", "{}", "[[1]]", "{\"a\":{\"b\":[]}}", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "1e999"];
        string[] members =
        [
            "name", "schemaArn", "datasetGroupArn", "datasetType", "dataSource", "recipeArn", "solutionArn", "solutionVersionArn",
            "campaignArn", "eventTrackerArn", "datasetArn", "maxResults", "nextToken", "schema", "tags",
        ];
        for (var i = 0; i < 480; i++)
        {
            var operation = Operations[i % Operations.Length];
            var body = "{" + string.Join(',', members.Select(m => $"\"{m}\":{values[_random.Next(values.Length)]}")) + "}";
            yield return new($"{operation} {body}", Control(operation, body));
        }

        foreach (var path in (string[])["/recommendations", "/personalize-ranking", "/events", "/items", "/users"])
        {
            foreach (var value in values) yield return new($"{path} {value}", Post(path, $$"""{"campaignArn":{{value}},"userId":{{value}},"inputList":{{value}},"trackingId":{{value}},"eventList":{{value}},"items":{{value}},"users":{{value}},"numResults":{{value}}}"""));
        }
    }

    private static IEnumerable<HostileRequest> NotJson()
    {
        byte[][] bodies =
        [
            [],
            "x"u8.ToArray(),
            "{"u8.ToArray(),
            "{\"name\":"u8.ToArray(),
            [0xff, 0xfe, 0x00],
            new byte[1_000],
            "{\"name\":\"\xff\"}"u8.ToArray(),
            "{}{}"u8.ToArray(),
            "{\"name\":\"a\",\"name\":\"b\"}"u8.ToArray(),
            "<xml/>"u8.ToArray(),
        ];
        foreach (var body in bodies)
        {
            foreach (var operation in (string[])["CreateSchema", "CreateDatasetGroup", "DescribeCampaign", "CreateSolution"])
            {
                var message = Control(operation, "");
                message.Content = new ByteArrayContent(body);
                yield return new($"{operation} with {body.Length} bytes that are no request", message);
            }
        }
    }

    private static IEnumerable<HostileRequest> DeepJson()
    {
        foreach (var depth in (int[])[65, 100, 1_000, 10_000, 100_000])
        {
            foreach (var (open, close) in ((string, string)[])[("[", "]"), ("{\"a\":", "}"), ("{\"name\":[", "]}")])
            {
                var body = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
                yield return new($"{depth} levels of {open}", Control("CreateSchema", body));
                yield return new($"{depth} levels of {open} unclosed", Control("CreateSchema", body[..(body.Length / 2)]));
                yield return new($"events with {depth} levels of {open}", Post("/events", body));
            }
        }
    }

    private static IEnumerable<HostileRequest> HugeBodies()
    {
        foreach (var mebibytes in (int[])[2, 16, 64])
        {
            var text = "{\"name\":\"" + new string('a', mebibytes << 20) + "\"}";
            foreach (var path in (string[])["/", "/recommendations", "/events", "/items"])
            {
                var message = path == "/" ? Control("CreateSchema", text) : Post(path, text);
                message.Headers.ExpectContinue = true; // so that a refusal before the body arrives is heard
                yield return new($"{mebibytes} MiB to {path}", message);
            }
        }
    }

    private IEnumerable<HostileRequest> BadKeys()
    {
        string[] keys =
        [
            "../escape.csv", "a/../../escape.csv", "%2e%2e/escape.csv", "..%2fescape.csv", "%2e%2e%2f%2e%2e%2fkindred.db",
            "a/%2e%2e/%2e%2e/x", "..%5cescape", "a%00b", "%00", "/absolute", "//etc/passwd",
            "a//b", "./a", "a/./b", "a/..", "..", ".", "%2e", "a/", $"{new string('k', 2_000)}", $"a/{new string('n', 300)}",
            "a%0ab", "a%7fb", "..%c0%af..%c0%afetc", "%ff%fe",
        ];
        string[] buckets = ["..", "%2e%2e", "a%2fb", "%00", ".", new string('b', 300), "BUCKET%5c..", "a%0a"];
        foreach (var key in keys)
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Get, HttpMethod.Delete])
                yield return new($"{method} key '{key}'", Raw(method, $"/buckets/hostile/{key}"), Malformed: HoldsNul(key));
        }

        foreach (var bucket in buckets)
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Get])
                yield return new($"{method} bucket '{bucket}'", Raw(method, $"/buckets/{bucket}/file.csv"), Malformed: HoldsNul(bucket));
        }
    }

    private IEnumerable<HostileRequest> BadLocations()
    {
        string[] locations =
        [
            "file:///etc/passwd", "file:///", "file://../../etc/passwd", "s3://../other/file.csv", "s3://hostile/../../file.csv",
            "s3://hostile/%2e%2e/file.csv", "s3:///etc/passwd", "s3://", "s3:// /x",
            "/etc/passwd", "http://169.254.169.254/latest/meta-data", "https://127.0.0.1:1/x", "ftp://host/x",
            "s3://hostile/a\0b", "s3://hostile/..\\..\\x", "s3://" + new string('b', 200) + "/" + new string('k', 100), "", " ",
            "C:\\windows", "s3://hostile//etc/passwd",
        ];
        foreach (var location in locations)
        {
            foreach (var dataset in (string[])[$"arn:aws:personalize:us-east-1:{account}:dataset/no-such-group/INTERACTIONS", "not-an-arn"])
            {
                yield return new($"location '{location}'", Control("CreateDatasetImportJob", new JsonObject
                {
                    ["jobName"] = "hostile",
                    ["datasetArn"] = dataset,
                    ["roleArn"] = Role,
                    ["dataSource"] = new JsonObject { ["dataLocation"] = location },
                }.ToJsonString()));
            }
        }
    }

    /// <summary>What belongs to somebody else is as absent as what does not exist.</summary>
    private IEnumerable<HostileRequest> OthersArns()
    {
        (string Operation, string Member, string Type)[] targets =
        [
            ("DescribeSchema", "schemaArn", "schema/x"), ("DeleteSchema", "schemaArn", "schema/x"),
            ("DescribeDatasetGroup", "datasetGroupArn", "dataset-group/x"),
            ("DeleteDatasetGroup", "datasetGroupArn", "dataset-group/x"),
            ("DescribeDataset", "datasetArn", "dataset/x/INTERACTIONS"),
            ("DeleteDataset", "datasetArn", "dataset/x/INTERACTIONS"),
            ("DescribeDatasetImportJob", "datasetImportJobArn", "dataset-import-job/x"),
            ("DescribeSolution", "solutionArn", "solution/x"), ("DeleteSolution", "solutionArn", "solution/x"),
            ("CreateSolutionVersion", "solutionArn", "solution/x"),
            ("DescribeSolutionVersion", "solutionVersionArn", "solution/x/00000000"),
            ("GetSolutionMetrics", "solutionVersionArn", "solution/x/00000000"),
            ("StopSolutionVersionCreation", "solutionVersionArn", "solution/x/00000000"),
            ("DescribeCampaign", "campaignArn", "campaign/x"), ("DeleteCampaign", "campaignArn", "campaign/x"),
            ("UpdateCampaign", "campaignArn", "campaign/x"), ("DescribeEventTracker", "eventTrackerArn", "event-tracker/x"),
            ("DeleteEventTracker", "eventTrackerArn", "event-tracker/x"),
        ];
        string[] owners =
        [
            "arn:aws:personalize:us-east-1:999988887777:",
            "arn:aws:personalize:eu-west-1:999988887777:",
            $"arn:aws:personalize:eu-west-1:{account}:",
            "arn:aws:personalize:us-east-1::",
            "arn:aws:personalize:us-east-1:../../x:",
        ];
        foreach (var (operation, member, type) in targets)
        {
            foreach (var owner in owners)
                yield return new(
                    $"{operation} {owner}{type}", Control(operation, new JsonObject { [member] = owner + type }.ToJsonString()));
            yield return new($"{operation} {otherArn}", Control(operation, new JsonObject { [member] = otherArn }.ToJsonString()));
        }

        foreach (var owner in owners)
        {
            yield return new(
                $"recommendations {owner}",
                Post("/recommendations", new JsonObject { ["campaignArn"] = $"{owner}campaign/x", ["userId"] = "u" }.ToJsonString()));
            yield return new(
                $"items {owner}",
                Post(
                    "/items",
                    new JsonObject
                    {
                        ["datasetArn"] = $"{owner}dataset/x/ITEMS",
                        ["items"] = new JsonArray(new JsonObject { ["itemId"] = "i" }),
                    }.ToJsonString()));
        }
    }

    private IEnumerable<HostileRequest> WrongDoors()
    {
        foreach (var target in (string[])["", "AmazonPersonalize.", "AmazonPersonalize.DropTables", "CreateSchema", "Other.CreateSchema", "AmazonPersonalize.createSchema", "AmazonPersonalize.CreateSchema.CreateSchema", new string('T', 4_000)])
        {
            var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("{}") };
            message.Headers.TryAddWithoutValidation("X-Amz-Target", target);
            yield return new($"target '{target}'", message);
        }

        foreach (var path in (string[])["/nothing", "/recommendations/x", "/v1/keys/none", "/v2/keys", "/buckets", "/buckets/b", "/.git/config", "/appsettings.json", "/kindred.db", "/health", "/actions", "/action-interactions", "/action-recommendations"])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Patch, HttpMethod.Trace, HttpMethod.Post])
                yield return new($"{method} {path}", Raw(method, path));
        }
    }

    private static HttpRequestMessage Control(string operation, string body)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1")) };
        message.Headers.Add("X-Amz-Target", $"AmazonPersonalize.{operation}");
        return message;
    }

    private static HttpRequestMessage Post(string path, string body) =>
        new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };

    /// <summary>Sends the path exactly as written.</summary>
    private HttpRequestMessage Raw(HttpMethod method, string path) =>
        new(
            method,
            new Uri(
                host.GetLeftPart(UriPartial.Authority) + path,
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        {
            Content = method == HttpMethod.Put ? new StringContent("x") : null,
        };

    private static bool HoldsNul(string path) => path.Contains("%00", StringComparison.Ordinal);

    private static string[] ReadOperations()
    {
        var contract = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "src", "Kindred.Contracts", "Protocol", "contract.json")))!;
        return [.. contract["services"]!["personalize"]!["operations"]!.AsObject().Select(o => o.Key).Where(o => !o.StartsWith("List", StringComparison.Ordinal))];
    }
}
