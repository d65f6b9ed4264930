namespace Kindred.Demo;

/// <summary>Calls that the reader can paste and run.</summary>
internal static class DemoSnippets
{
    public static string Curl(DemoTarget target, string campaignArn, string userId) => $$"""
        curl -s {{Base(target)}}/recommendations -H 'content-type: application/json' \
          -H 'x-api-key: {{target.AccessKeyId}}:{{target.SecretAccessKey}}' \
          -d '{"campaignArn":"{{campaignArn}}","userId":"{{userId}}","numResults":5}'
        """;

    public static string SignedCurl(DemoTarget target, string campaignArn, string userId) => $$"""
        curl -s {{Base(target)}}/recommendations -H 'content-type: application/json' \
          --aws-sigv4 'aws:amz:{{target.Region}}:personalize' --user '{{target.AccessKeyId}}:{{target.SecretAccessKey}}' \
          -d '{"campaignArn":"{{campaignArn}}","userId":"{{userId}}","numResults":5}'
        """;

    public static string Boto3(DemoTarget target, string campaignArn, string userId) => $"""
        import boto3
        runtime = boto3.client("personalize-runtime", endpoint_url="{Base(target)}", region_name="{target.Region}",
                               aws_access_key_id="{target.AccessKeyId}", aws_secret_access_key="{target.SecretAccessKey}")
        print(runtime.get_recommendations(campaignArn="{campaignArn}", userId="{userId}", numResults=5)["itemList"])
        """;

    public static string JavaScript(DemoTarget target, string campaignArn, string userId) => $$"""
        import { PersonalizeRuntimeClient, GetRecommendationsCommand } from "@aws-sdk/client-personalize-runtime";
        const runtime = new PersonalizeRuntimeClient({ endpoint: "{{Base(target)}}", region: "{{target.Region}}",
          credentials: { accessKeyId: "{{target.AccessKeyId}}", secretAccessKey: "{{target.SecretAccessKey}}" } });
        const command = new GetRecommendationsCommand({ campaignArn: "{{campaignArn}}", userId: "{{userId}}", numResults: 5 });
        console.log((await runtime.send(command)).itemList);
        """;

    public static string Jobs(DemoTarget target) =>
        $"curl -s {Base(target)}/v1/jobs -H 'x-api-key: {target.AccessKeyId}:{target.SecretAccessKey}'";

    /// <summary>The page where people click and see what is recommended change.</summary>
    public static string Storefront(DemoTarget target, string campaignArn, string userId)
    {
        var parts = campaignArn.Split(':');
        var name = Uri.EscapeDataString(parts[5]["campaign/".Length..]); // the demo's project and its campaign have one name
        return $"{Base(target)}/o/{parts[4]}/p/{name}/storefront?campaign={name}&user={Uri.EscapeDataString(userId)}";
    }

    private static string Base(DemoTarget target) => target.BaseAddress.GetLeftPart(UriPartial.Authority);
}
