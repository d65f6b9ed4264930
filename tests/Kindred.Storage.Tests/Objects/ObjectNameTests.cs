using CsCheck;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Objects;

namespace Kindred.Storage.Tests.Objects;

public sealed class ObjectNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("folder/file.csv.gz")]
    [InlineData("Größe/日本/💡")]
    [InlineData("..a/b../...")]
    [InlineData(" leading and trailing ")]
    [InlineData("a:b*c?d\"<>|")]
    public void Object_WithAKeyThatFollowsTheRules_KeepsIt(string key) => Assert.Equal(key, ObjectName.Object("my-bucket.1", key).Key);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/./b")]
    [InlineData("a\\..\\b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    public void Object_WithAKeyThatBreaksARule_IsRefused(string key) => AssertRefused(() => ObjectName.Object("bucket", key));

    [Fact] // not a case above: test runners cannot pass half a character as an argument
    public void Object_WithHalfACharacter_IsRefused() => AssertRefused(() => ObjectName.Object("bucket", "a\ud800"));

    [Fact]
    public void Object_WithLongNames_IsRefusedByBytes()
    {
        Assert.Equal(255, ObjectName.Object("bucket", new string('a', 255)).Key.Length);
        AssertRefused(() => ObjectName.Object("bucket", new string('a', 256)));
        AssertRefused(() => ObjectName.Object("bucket", new string('ä', 128)));

        var longest = string.Join('/', Enumerable.Repeat(new string('a', 127), 8)); // 8 * 127 + 7 = 1023
        Assert.Equal(1024, ObjectName.Object("bucket", longest + "b").Key.Length);
        AssertRefused(() => ObjectName.Object("bucket", longest + "bc"));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("under_score")]
    [InlineData("-bucket")]
    [InlineData("bucket-")]
    [InlineData("a..b")]
    [InlineData("192.168.0.1")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("bucket\n")]
    [InlineData(".incoming")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public void Object_WithABucketThatS3Refuses_IsRefused(string bucket) => AssertRefused(() => ObjectName.Object(bucket, "key"));

    [Theory]
    [InlineData("")]
    [InlineData("bucket/key")]
    [InlineData("s3:/bucket/key")]
    [InlineData("s3://bucket")]
    [InlineData("S3://bucket/key")]
    [InlineData("s3:///key")]
    [InlineData("http://bucket/key")]
    public void Parse_OfAnotherLocation_IsRefused(string location) =>
        Assert.StartsWith("Invalid Data location.", AssertRefused(() => DataLocation.Parse(location)).Message, StringComparison.Ordinal);

    // Every name that is not refused stays below its bucket, whatever it is made of.
    [Fact]
    public void Object_WithAnyKey_NeverLeavesTheBucket() =>
        Gen.OneOf(Gen.OneOf("..", ".", "/", "//", "\\", "\0", "a", "~", "%2e%2e", "..;", "C:", "\u2025", "\uff0e\uff0e"), Gen.String)
            .Array[0, 8].Sample(parts =>
            {
                if (!TryName("bucket", string.Concat(parts), out var name)) return;
                var path = Path.GetFullPath(Path.Combine("/data/bucket", name.Key));
                Assert.StartsWith("/data/bucket/", path, StringComparison.Ordinal);
                Assert.Equal($"/data/bucket/{name.Key}", path);
            }, iter: 20_000, threads: 1);

    private static bool TryName(string bucket, string key, out ObjectName name)
    {
        try
        {
            name = ObjectName.Object(bucket, key);
            return true;
        }
        catch (RefusedException)
        {
            name = default;
            return false;
        }
    }

    private static RefusedException AssertRefused(Action act)
    {
        var refused = Assert.Throws<RefusedException>(act);
        Assert.Equal(RefusalCode.InvalidInput, refused.Code);
        Assert.DoesNotContain(refused.Message, char.IsControl);
        return refused;
    }
}
