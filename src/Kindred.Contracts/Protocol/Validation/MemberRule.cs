using System.Text;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>A member of a structure.</summary>
public sealed class MemberRule(string name, ShapeRule shape, bool required = false)
{
    public string Name { get; } = name;
    public ShapeRule Shape { get; } = shape;
    public bool Required { get; } = required;

    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);
}
