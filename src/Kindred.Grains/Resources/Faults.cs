using Kindred.Contracts.Refusals;

namespace Kindred.Grains.Resources;

/// <summary>Collects everything that is wrong with a request, so that its sender hears it all at once.</summary>
internal sealed class Faults
{
    private readonly List<string> _sentences = [];

    public void Add(string sentence) => _sentences.Add(sentence);

    public void AddRange(IEnumerable<string> sentences) => _sentences.AddRange(sentences);

    public void Require(bool condition, string sentence)
    {
        if (!condition) _sentences.Add(sentence);
    }

    /// <summary>Adds what <paramref name="check"/> is refused for.</summary>
    public void Hear(Action check)
    {
        try
        {
            check();
        }
        catch (RefusedException refused)
        {
            _sentences.Add(refused.Message);
        }
    }

    /// <exception cref="RefusedException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (_sentences.Count > 0) throw Refuse.Invalid(string.Join(" ", _sentences));
    }
}
