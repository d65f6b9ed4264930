namespace Kindred.Demo;

/// <summary>Where a demo's client connects, and as whom.</summary>
public sealed record DemoTarget(Uri BaseAddress, string Region, string AccessKeyId, string SecretAccessKey);
