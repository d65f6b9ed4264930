namespace Kindred.Identity.Starting;

/// <summary>The tenant that a deployment begins with; its first operator becomes its owner.</summary>
public interface IFirstTenant
{
    /// <summary>12 digits.</summary>
    string Account { get; }
}
