namespace Kindred.ContractGenerator;

/// <summary>The few places where Kindred takes more than the contract allows. Nothing the contract allows is ever refused.</summary>
internal static class ContractExtensions
{
    /// <summary><c>file://</c> joins the schemes of a data location: an operator may open folders of the machine to imports.</summary>
    public static Contract WithExtensions(this Contract contract)
    {
        const string shape = "S3Location";
        const string scheme = "(s3|http|https)";
        return new Contract(contract.Services.ToDictionary(service => service.Key, service =>
            service.Value.Shapes.TryGetValue(shape, out var location) && location.Pattern is { } pattern
                ? service.Value with { Shapes = With(service.Value.Shapes, shape, location with { Pattern = pattern.Replace(scheme, "(s3|http|https|file)", StringComparison.Ordinal) }) }
                : service.Value));
    }

    private static Dictionary<string, Shape> With(IReadOnlyDictionary<string, Shape> shapes, string name, Shape replacement) =>
        new(shapes) { [name] = replacement };
}
