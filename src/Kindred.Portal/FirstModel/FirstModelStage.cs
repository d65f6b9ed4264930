namespace Kindred.Portal.FirstModel;

/// <summary>How far a project is on its way from a file to recommendations.</summary>
public enum FirstModelStage
{
    Importing,
    Training,
    Deploying,
    Ready,
    Failed,
}
