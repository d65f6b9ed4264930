using Kindred.Contracts.Arns;
using Kindred.Operations.Readings;

namespace Kindred.Operations.Tests.Readings;

public sealed class FileJobReadingTests
{
    [Theory]
    [InlineData("s3://data/in/users.json", "users.json.out", true)]
    [InlineData("s3://data/in/users.json", "others.json.out", false)]
    [InlineData("s3://data/in/users.json", "users.json", false)]
    [InlineData("s3://data/in/users-", "users-1.json.out", true)]
    [InlineData("s3://data/in/", "anything.out", true)]
    [InlineData("s3://data/in/", "nightly.part-00000.csv", false)]
    [InlineData(null, "nightly.part-00000.csv", true)]
    [InlineData(null, "nightly.parts.csv", false)]
    [InlineData(null, "users.json.out", false)]
    public void IsOutput_OfAName_IsWhatTheJobWrites(string? input, string name, bool isOutput)
    {
        var arn = Arn.Of("us-east-1", "123456789012", "batch-inference-job", "nightly");
        var job = new FileJobReading
        {
            Kind = input is null ? FileJobKind.Export : FileJobKind.Recommendations, Arn = arn, Name = "nightly", Status = "ACTIVE",
            Source = arn, Input = input, Output = "s3://data/out/", Lines = 1, CreatedAt = DateTimeOffset.UnixEpoch,
        };

        Assert.Equal(isOutput, job.IsOutput(name));
    }

    [Fact]
    public void IsOutput_OfAFolderWhoseFilesAreKnown_IsNothingElse()
    {
        var arn = Arn.Of("us-east-1", "123456789012", "batch-inference-job", "nightly");
        var job = new FileJobReading
        {
            Kind = FileJobKind.Recommendations, Arn = arn, Name = "nightly", Status = "ACTIVE", Source = arn, Input = "s3://data/in/",
            Output = "s3://data/out/", Outputs = ["a.json.out", "b.json.out"], Lines = 2, CreatedAt = DateTimeOffset.UnixEpoch,
        };

        Assert.Equal([true, true, false], new[] { "a.json.out", "b.json.out", "anothers.json.out" }.Select(job.IsOutput));
    }
}
