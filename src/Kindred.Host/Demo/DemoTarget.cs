namespace Kindred.Host.Demo;

/// <summary>Where a demo's client connects, and as whom.</summary>
internal sealed record DemoTarget(Uri BaseAddress, string Region, string AccessKeyId, string SecretAccessKey);
