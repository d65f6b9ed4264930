namespace Kindred.Testing.Hosting;

/// <summary>An access key that a test knows.</summary>
public sealed record TestKey(string Account, string AccessKeyId, string SecretAccessKey)
{
    /// <summary>The first tenant of every host that a test starts.</summary>
    public static TestKey Bootstrap { get; } = new("111122223333", "AKIAKINDREDTESTFIRST", "kindred-test-secret-of-the-first-tenant");
}
