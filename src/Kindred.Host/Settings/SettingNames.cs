namespace Kindred.Host.Settings;

/// <summary>Every setting of the section <c>Kindred</c>. A name that is not here is a fault: a misspelt setting must not be ignored.</summary>
internal static class SettingNames
{
    public const string Section = "Kindred";
    public const string DataPath = "Kindred:DataPath";
    public const string Region = "Kindred:Region";
    public const string PublicUrl = "Kindred:PublicUrl";
    public const string TrustedProxies = "Kindred:TrustedProxies";
    public const string BootstrapAccountId = "Kindred:Bootstrap:AccountId";
    public const string BootstrapAccessKeyId = "Kindred:Bootstrap:AccessKeyId";
    public const string BootstrapSecretAccessKey = "Kindred:Bootstrap:SecretAccessKey";
    public const string S3ServiceUrl = "Kindred:Storage:S3:ServiceUrl";
    public const string S3AccessKeyId = "Kindred:Storage:S3:AccessKeyId";
    public const string S3SecretAccessKey = "Kindred:Storage:S3:SecretAccessKey";
    public const string S3Region = "Kindred:Storage:S3:Region";
    public const string S3DefaultOwner = "Kindred:Storage:S3:DefaultOwner";
    public const string S3BucketOwners = "Kindred:Storage:S3:BucketOwners";
    public const string AllowedFileRoots = "Kindred:Storage:AllowedFileRoots";
    public const string BytesPerTenant = "Kindred:Storage:BytesPerTenant";
    public const string AuditDays = "Kindred:Audit:Days";
    public const string KeptFreeBytes = "Kindred:Storage:KeptFreeBytes";
    public const string ImportMemoryBytes = "Kindred:Import:MemoryBytes";
    public const string MaxTrainingMiB = "Kindred:Jobs:MaxTrainingMiB";
    public const string MaxUploadBytes = "Kindred:Storage:MaxUploadBytes";
    public const string MaxRefusedPercent = "Kindred:Import:MaxRefusedPercent";
    public const string MaxConcurrentTrainings = "Kindred:Jobs:MaxConcurrent";
    public const string DataLane = "Kindred:Jobs:Lanes:Data";
    public const string QuickTrainingLane = "Kindred:Jobs:Lanes:QuickTraining";
    public const string TrainingLane = "Kindred:Jobs:Lanes:Training";
    public const string BatchLane = "Kindred:Jobs:Lanes:Batch";
    public const string DeployLane = "Kindred:Jobs:Lanes:Deploy";
    public const string TrainingThreads = "Kindred:Jobs:TrainingThreads";
    public const string BatchThreads = "Kindred:Jobs:BatchThreads";
    public const string QuickFirst = "Kindred:Jobs:QuickFirst";
    public const string OrleansDashboard = "Kindred:OrleansDashboard";
    public const string ModelCacheMiB = "Kindred:Serving:ModelCacheMiB";
    public const string ScoreCacheMiB = "Kindred:Serving:ScoreCacheMiB";
    public const string PictureOrigins = "Kindred:Portal:PictureOrigins";
    public const string SearchMinutes = "Kindred:Jobs:SearchMinutes";
    public const string MaxJobAttempts = "Kindred:Jobs:MaxAttempts";
    public const string CompactionRecords = "Kindred:Jobs:CompactionRecords";
    public const string AccountsSignUp = "Kindred:Accounts:SignUp";
    public const string AccountsConnectionString = "Kindred:Accounts:ConnectionString";
    public const string MailHost = "Kindred:Mail:Host";
    public const string MailPort = "Kindred:Mail:Port";
    public const string MailFrom = "Kindred:Mail:From";
    public const string MailUser = "Kindred:Mail:User";
    public const string MailPassword = "Kindred:Mail:Password";
    public const string Oidc = "Authentication:Oidc";
    public const string Jwt = "Authentication:Jwt";
    public const string TextEncoderModel = "Kindred:TextEncoder:Model";
    public const string TextEncoderVocabulary = "Kindred:TextEncoder:Vocabulary";

    /// <summary>Numbers of <see cref="Api.Limits.DoorLimits"/>, by the names of its members.</summary>
    public const string Limits = "Kindred:Limits";
    /// <summary>Numbers of <see cref="Grains.Resources.TenantLimits"/>, by the names of its members.</summary>
    public const string Tenants = "Kindred:Tenants";

    public static IReadOnlyList<string> All { get; } =
    [
        DataPath, Region, PublicUrl, TrustedProxies, BootstrapAccountId, BootstrapAccessKeyId, BootstrapSecretAccessKey,
        S3ServiceUrl, S3AccessKeyId, S3SecretAccessKey, S3Region, S3DefaultOwner, S3BucketOwners,
        AllowedFileRoots, MaxUploadBytes, BytesPerTenant, KeptFreeBytes, AuditDays, ImportMemoryBytes, MaxTrainingMiB, MaxRefusedPercent,
        MaxConcurrentTrainings, DataLane, QuickTrainingLane, TrainingLane, BatchLane, DeployLane,
        TrainingThreads, BatchThreads, QuickFirst, OrleansDashboard, SearchMinutes, MaxJobAttempts, CompactionRecords,
        ModelCacheMiB, ScoreCacheMiB, TextEncoderModel, TextEncoderVocabulary, AccountsSignUp, AccountsConnectionString,
        MailHost, MailPort, MailFrom, MailUser, MailPassword,
    ];

    /// <summary>Settings with names or numbers below them, such as <c>Kindred:Storage:AllowedFileRoots:0</c>.</summary>
    public static IReadOnlyList<string> Sections { get; } = [S3BucketOwners, AllowedFileRoots, TrustedProxies, PictureOrigins, Limits, Tenants];
}
