using System.Globalization;
using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Import;

/// <summary>When an import does more harm than good, as pure functions: it fails then, and the data from before stay.</summary>
public static class ImportRules
{
    /// <param name="good">Rows that fit the schema.</param>
    /// <param name="refused">Rows that do not.</param>
    /// <param name="maxShare">The share of all rows that may be refused, 0..1.</param>
    /// <param name="firstFaults">The first faults in words.</param>
    /// <exception cref="RefusedException">More were refused; the message is the job's failure reason.</exception>
    public static void ThrowIfTooManyRefused(long good, long refused, double maxShare, string firstFaults)
    {
        var all = good + refused;
        if (refused <= all * maxShare) return;
        var (share, most) = (100.0 * refused / all, 100 * maxShare);
        throw Refused(string.Create(CultureInfo.InvariantCulture,
            $"{refused} of {all} rows ({share:0.##} %) were refused; an import may lose {most:0.##} % (Kindred:Import:MaxRefusedPercent). "
            + $"Nothing was imported. Correct the input and import again; the first faults are: {firstFaults}."));
    }

    /// <param name="before">What the dataset holds.</param>
    /// <param name="after">What it would hold.</param>
    /// <param name="least">What a training needs.</param>
    /// <exception cref="RefusedException">A training could be made of what is there, and of what would be there it could not.</exception>
    public static void ThrowIfTooLittleRemains(DataVolume before, DataVolume after, DataVolume least)
    {
        if (!before.Reaches(least) || after.Reaches(least)) return;
        throw Refused(string.Create(CultureInfo.InvariantCulture,
            $"The FULL import would leave {after}, where {least} are needed to train; the dataset has {before}, which stay. "
            + $"Import INCREMENTAL to add to them, or delete the dataset first to begin anew."));
    }

    private static RefusedException Refused(string sentence) => new(RefusalCode.InvalidInput, sentence);
}
