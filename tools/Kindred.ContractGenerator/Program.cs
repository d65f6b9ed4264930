// Writes src/Kindred.Contracts/Protocol/Generated from contract.json: dotnet run --project tools/Kindred.ContractGenerator
// The output is checked in, because the serializers of Orleans and System.Text.Json are themselves source generators and
// cannot see the output of another one (docs/decisions/0002-generated-wire-records.md).
using Kindred.ContractGenerator;

var root = args is [var given] ? given : RepositoryRoot.Find();
var protocol = Path.Combine(root, "src", "Kindred.Contracts", "Protocol");
var contract = Contract.Load(Path.Combine(protocol, "contract.json"));
var target = Directory.CreateDirectory(Path.Combine(protocol, "Generated")).FullName;

foreach (var (fileName, text) in GeneratedFiles.From(contract))
{
    File.WriteAllText(Path.Combine(target, fileName), text);
    Console.WriteLine($"{fileName}: {text.Length:N0} characters");
}
