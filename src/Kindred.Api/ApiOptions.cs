namespace Kindred.Api;

/// <summary>What the door needs to know of its deployment.</summary>
public sealed class ApiOptions
{
    /// <summary>The region in every ARN of this deployment. Setting <c>Kindred:Region</c>.</summary>
    public string Region { get; set; } = "us-east-1";
}
