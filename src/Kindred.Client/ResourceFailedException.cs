namespace Kindred.Client;

/// <summary>A resource became CREATE FAILED; the message names it and says the service's reason.</summary>
public sealed class ResourceFailedException(string arn, string reason) : Exception($"{arn} failed: {reason}");
