namespace Kindred.Operations;

/// <summary>What operations need to know of their deployment.</summary>
public sealed class OperationOptions
{
    /// <summary>The region in every ARN of this deployment. Setting <c>Kindred:Region</c>.</summary>
    public string Region { get; set; } = "us-east-1";
}
