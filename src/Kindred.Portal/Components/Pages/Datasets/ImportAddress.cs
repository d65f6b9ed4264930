using Kindred.Portal.Sessions;

namespace Kindred.Portal.Components.Pages.Datasets;

/// <summary>The address of the import page carries all that it needs, so that it can be loaded again at any step.</summary>
internal static class ImportAddress
{
    public static string Of(string account, string project, string type, string upload) =>
        Links.To(account, project, $"datasets/import?type={type}&upload={Uri.EscapeDataString(upload)}");

    /// <summary>Where the way to a first model can be followed.</summary>
    public static string FirstModel(string account, string project, string importJob, string recipe) =>
        Links.To(account, project, $"first-model?import={importJob}&recipe={recipe}");

    public static string RefusedRows(string account, string project, string importJob) =>
        Links.To(account, project, $"imports/{importJob}/refused-rows");
}
