using System.Text;
using Kindred.Files.Csv;

namespace Kindred.Files.Tests.Csv;

public sealed class CsvFieldsTests
{
    [Theory]
    [InlineData("a,\"say \\\"hi\\\"\",c", "a|say \"hi\"|c")]
    [InlineData("\"say \"\"hi\"\"\",c", "say \"hi\"|c")]
    [InlineData("\"a\\\",b\",c", "a\",b|c")]
    [InlineData("\"C:\\\\\",c", "C:\\|c")]
    [InlineData("\"C:\\\",c", "C:\\|c")]
    [InlineData("\"C:\\\",\"D:\\\"", "C:\\|D:\\")]
    [InlineData("C:\\,say \"hi\"", "C:\\|say \"hi\"")]
    [InlineData("\"\",,\"\"", "||")]
    public void Split_EitherWayOfEscaping_GivesTheValues(string record, string expected)
    {
        var (fields, bytes) = (new CsvFields(), Encoding.UTF8.GetBytes(record));

        Assert.Null(fields.Split(bytes));

        Assert.Equal(expected, string.Join('|', Enumerable.Range(0, fields.Count).Select(i => Encoding.UTF8.GetString(fields.Field(bytes, i)))));
    }

    [Theory]
    [InlineData("a,\"b", "field 2 is not closed", true)]
    [InlineData("a,\"b \\\" c", "field 2 is not closed", true)]
    [InlineData("a,\"b\"c,d", "field 2 goes on after its closing quote", false)]
    public void Split_QuotesThatDoNotWorkOut_SaysWhichField(string record, string expected, bool isOpen)
    {
        var fields = new CsvFields();

        var fault = fields.Split(Encoding.UTF8.GetBytes(record));

        Assert.Contains(expected, fault, StringComparison.Ordinal);
        Assert.Equal(isOpen, fields.IsOpen);
    }

    [Fact]
    public void Read_RecordAsALine_AnUnclosedQuoteSpoilsOneRow()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("rows.csv"), "A,B\n1,\"x\n2,y\n");
        using var csv = CsvReader.Open(folder.At("rows.csv"), CsvFormat.Import);

        Assert.True(csv.Read(out var fault));
        Assert.Equal("the quote that opens field 2 is not closed on its line", fault);
        Assert.True(csv.Read(out fault));

        Assert.Null(fault);
        Assert.Equal(("2", "y", 3L), (Encoding.UTF8.GetString(csv.Field(0)), Encoding.UTF8.GetString(csv.Field(1)), csv.Line));
    }
}
