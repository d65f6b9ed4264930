using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Kindred.Api.Limits;
using Kindred.Api.Proxies;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Host.Telemetry;
using Kindred.Identity.Accounts;
using Kindred.Identity.Mail;
using Kindred.Identity.Providers;
using Kindred.Portal.Security;
using Kindred.Recipes.Content;
using Kindred.Serving;
using Kindred.Storage;

namespace Kindred.Host.Settings;

/// <summary>Reads <see cref="KindredSettings"/> and collects every fault, so that one start shows them all.</summary>
internal sealed partial class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _faults = [];

    /// <returns>The settings, or null with at least one sentence in <paramref name="faults"/>.</returns>
    public static KindredSettings? Read(IConfiguration configuration, out IReadOnlyList<string> faults)
    {
        var reader = new SettingsReader(configuration);
        var settings = reader.Read();
        faults = reader._faults;
        return faults.Count == 0 ? settings : null;
    }

    private KindredSettings Read()
    {
        RefuseUnknownNames();
        CheckUrls();
        CheckTelemetry();
        UseTextEncoder();
        var (storage, proxies) = (ReadStorage(), ReadProxies());
        return new KindredSettings
        {
            Region = Checked(SettingNames.Region, RegionForm(), "a region such as us-east-1") ?? "us-east-1",
            Bootstrap = ReadBootstrap(),
            Storage = storage,
            Jobs = ReadJobs(),
            Proxies = proxies,
            Limits = ReadNumbers(SettingNames.Limits, new DoorLimits(), smallest: 0),
            Tenants = ReadNumbers(SettingNames.Tenants, new TenantLimits(), smallest: 1),
            Serving = ReadServing(),
            Accounts = ReadAccounts(storage, proxies),
            Pictures = ReadPictures(),
            OrleansDashboard = ReadFlag(SettingNames.OrleansDashboard) ?? false,
        };
    }

    private AccountsOptions ReadAccounts(StorageOptions storage, ProxyOptions proxies)
    {
        var signUp = SignUpRule.Invitation;
        if (Value(SettingNames.AccountsSignUp) is { } rule && (!Enum.TryParse(rule, ignoreCase: true, out signUp) || int.TryParse(rule, out _)))
            _faults.Add($"{SettingNames.AccountsSignUp} is '{rule}'; expected none, invitation or open.");
        return new AccountsOptions
        {
            DataPath = storage.Root,
            ConnectionString = Value(SettingNames.AccountsConnectionString),
            SignUp = signUp,
            PublicUrl = proxies.PublicUrl,
            Mail = ReadMail(proxies),
            Oidc = ReadProvider(),
            Jwt = ReadIssuer(),
        };
    }

    private ProviderOptions? ReadProvider()
    {
        if (!RefuseUnknown(SettingNames.Oidc, ["Authority", "ClientId", "ClientSecret", "Name"])) return null;
        var (id, secret) = (Value($"{SettingNames.Oidc}:ClientId"), Value($"{SettingNames.Oidc}:ClientSecret"));
        if (id is null || secret is null) _faults.Add($"{SettingNames.Oidc} needs ClientId and ClientSecret, as the provider registered this deployment.");
        return ReadAuthority(SettingNames.Oidc) is { } authority && id is not null && secret is not null
            ? new ProviderOptions(authority, id, secret, Value($"{SettingNames.Oidc}:Name") ?? authority.Host)
            : null;
    }

    private IssuerOptions? ReadIssuer()
    {
        if (!RefuseUnknown(SettingNames.Jwt, ["Authority", "Audience", "AccountClaim", "Account"])) return null;
        var audience = Value($"{SettingNames.Jwt}:Audience");
        if (audience is null) _faults.Add($"{SettingNames.Jwt} needs Audience: tokens for somebody else must not open this deployment.");
        var account = Checked($"{SettingNames.Jwt}:Account", AccountForm(), "12 digits");
        return ReadAuthority(SettingNames.Jwt) is { } authority && audience is not null
            ? new IssuerOptions(authority, audience, Value($"{SettingNames.Jwt}:AccountClaim") ?? "kindred_account", account)
            : null;
    }

    private Uri? ReadAuthority(string section)
    {
        var text = Value($"{section}:Authority");
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "https" || (url.Scheme is "http" && url.IsLoopback))) return url;
        _faults.Add($"{section}:Authority is '{text}'; expected the https address of an OpenID Connect provider.");
        return null;
    }

    /// <returns>Whether the section has any setting.</returns>
    private bool RefuseUnknown(string section, string[] names)
    {
        var found = configuration.GetSection(section).GetChildren().ToList();
        foreach (var setting in found.Where(s => !names.Contains(s.Key, StringComparer.OrdinalIgnoreCase)))
            _faults.Add($"{setting.Path} is not a setting; those of {section} are {string.Join(", ", names)}.");
        return found.Count > 0;
    }

    private MailOptions? ReadMail(ProxyOptions proxies)
    {
        var (host, from) = (Value(SettingNames.MailHost), Value(SettingNames.MailFrom));
        var (user, password) = (Value(SettingNames.MailUser), Value(SettingNames.MailPassword));
        var port = (int)(ReadNumber(SettingNames.MailPort, 1, 65535) ?? 587);
        if (host is null && from is null && user is null && password is null) return null;
        if (host is null || from is null || !MailAddress.TryCreate(from, out _))
            _faults.Add($"{SettingNames.MailHost} and {SettingNames.MailFrom} go together: an SMTP server, and the address that mails come from.");
        if (user is null != password is null) _faults.Add($"{SettingNames.MailUser} and {SettingNames.MailPassword} go together: set both or neither.");
        if (proxies.PublicUrl is null)
            _faults.Add($"{SettingNames.MailHost} needs {SettingNames.PublicUrl}: mails hold links, and those need an address.");
        var isHere = host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        return new MailOptions(host ?? "", port, from ?? "", user, password, RequireTls: !isHere);
    }

    private StorageOptions ReadStorage()
    {
        var storage = new StorageOptions { S3 = ReadS3() };
        storage.DataPath = Path.GetFullPath(Value(SettingNames.DataPath) ?? storage.DataPath);
        storage.AllowedFileRoots = ReadFileRoots(storage.DataPath);
        storage.MaxUploadBytes = ReadNumber(SettingNames.MaxUploadBytes, 1, long.MaxValue) ?? storage.MaxUploadBytes;
        storage.BytesPerTenant = ReadNumber(SettingNames.BytesPerTenant, 1, long.MaxValue) ?? storage.BytesPerTenant;
        storage.KeptFreeBytes = ReadNumber(SettingNames.KeptFreeBytes, 0, long.MaxValue) ?? storage.KeptFreeBytes;
        if (ReadNumber(SettingNames.AuditDays, 1, 36_500) is { } days) storage.AuditKeptFor = TimeSpan.FromDays(days);
        storage.ImportMemoryBytes = ReadNumber(SettingNames.ImportMemoryBytes, 1 << 20, long.MaxValue) ?? storage.ImportMemoryBytes;
        storage.MaxRefusedShare = ReadPercent(SettingNames.MaxRefusedPercent) / 100 ?? storage.MaxRefusedShare;
        return storage;
    }

    private JobOptions ReadJobs()
    {
        var jobs = new JobOptions();
        jobs.MaxConcurrent = (int)(ReadNumber(SettingNames.MaxConcurrentTrainings, 1, 64) ?? jobs.MaxConcurrent);
        ReadLanes(jobs.Lanes);
        jobs.TrainingThreads = (int)(ReadNumber(SettingNames.TrainingThreads, 1, 256) ?? jobs.TrainingThreads);
        jobs.BatchThreads = (int)(ReadNumber(SettingNames.BatchThreads, 1, 256) ?? jobs.BatchThreads);
        jobs.QuickFirst = ReadFlag(SettingNames.QuickFirst) ?? jobs.QuickFirst;
        jobs.SearchBudget = ReadNumber(SettingNames.SearchMinutes, 1, 7 * 24 * 60) is { } minutes ? TimeSpan.FromMinutes(minutes) : jobs.SearchBudget;
        jobs.MaxAttempts = (int)(ReadNumber(SettingNames.MaxJobAttempts, 1, 100) ?? jobs.MaxAttempts);
        if (ReadNumber(SettingNames.MaxTrainingMiB, 1, long.MaxValue >> 20) is { } mebibytes) jobs.MaxTrainingBytes = mebibytes << 20;
        jobs.CompactionRecords = ReadNumber(SettingNames.CompactionRecords, 1, long.MaxValue) ?? jobs.CompactionRecords;
        return jobs;
    }

    private ServingOptions ReadServing()
    {
        var serving = new ServingOptions();
        if (ReadNumber(SettingNames.ModelCacheMiB, 0, long.MaxValue >> 20) is { } models) serving.ModelCacheBytes = models << 20;
        if (ReadNumber(SettingNames.ScoreCacheMiB, 0, long.MaxValue >> 20) is { } scores) serving.ScoreCacheBytes = scores << 20;
        return serving;
    }

    private void ReadLanes(IDictionary<JobLane, int> lanes)
    {
        foreach (var (name, lane) in new[]
        {
            (SettingNames.DataLane, JobLane.Data), (SettingNames.QuickTrainingLane, JobLane.QuickTraining),
            (SettingNames.TrainingLane, JobLane.Training), (SettingNames.BatchLane, JobLane.Batch), (SettingNames.DeployLane, JobLane.Deploy),
        })
        {
            if (ReadNumber(name, 1, 64) is { } threads) lanes[lane] = (int)threads;
        }
    }

    /// <summary>Opened here, so that files that do not fit keep the process from starting.</summary>
    private void UseTextEncoder()
    {
        var (model, vocabulary) = (Value(SettingNames.TextEncoderModel), Value(SettingNames.TextEncoderVocabulary));
        if (model is null && vocabulary is null) return;
        if (model is null || vocabulary is null)
        {
            _faults.Add(
                $"{SettingNames.TextEncoderModel} and {SettingNames.TextEncoderVocabulary} go together: set both, "
                + "or neither to learn from the texts themselves.");
            return;
        }
        try
        {
            TextEncoders.Use(model, vocabulary);
        }
        catch (InvalidDataException unusable)
        {
            _faults.Add(unusable.Message);
        }
    }

    private BootstrapSettings ReadBootstrap()
    {
        var account = Checked(SettingNames.BootstrapAccountId, AccountForm(), "12 digits");
        var keyId = Checked(SettingNames.BootstrapAccessKeyId, KeyIdForm(), "16 to 128 letters, digits, _ and -");
        var secret = Checked(
            SettingNames.BootstrapSecretAccessKey, SecretForm(), "16 to 128 printable ASCII characters without spaces", secret: true);
        if (Value(SettingNames.BootstrapAccessKeyId) is null != Value(SettingNames.BootstrapSecretAccessKey) is null)
            _faults.Add(
                $"{SettingNames.BootstrapAccessKeyId} and {SettingNames.BootstrapSecretAccessKey} go together: set both, "
                + "or neither to have them generated.");
        return new BootstrapSettings(account, keyId, secret);
    }

    private S3Options? ReadS3()
    {
        var (url, keyId, secret) = (Value(SettingNames.S3ServiceUrl), Value(SettingNames.S3AccessKeyId), Value(SettingNames.S3SecretAccessKey));
        if (url is null && keyId is null && secret is null) return null;
        if (url is null || keyId is null || secret is null)
        {
            _faults.Add(
                $"{SettingNames.S3ServiceUrl}, {SettingNames.S3AccessKeyId} and {SettingNames.S3SecretAccessKey} go together: "
                + "set all three, or none to keep objects in the data folder.");
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var service) || service.Scheme is not ("http" or "https"))
            _faults.Add($"{SettingNames.S3ServiceUrl} is '{url}'; expected the http or https address of an S3-compatible server.");
        var s3 = new S3Options { ServiceUrl = url, AccessKeyId = keyId, SecretAccessKey = secret };
        s3.Region = Value(SettingNames.S3Region) ?? s3.Region;
        s3.DefaultOwner = Checked(SettingNames.S3DefaultOwner, AccountForm(), "12 digits");
        foreach (var owner in configuration.GetSection(SettingNames.S3BucketOwners).GetChildren())
            s3.BucketOwners[owner.Key] = Checked(owner.Path, AccountForm(), "12 digits") ?? "";
        return s3;
    }

    private ProxyOptions ReadProxies()
    {
        var proxies = new ProxyOptions();
        if (Value(SettingNames.PublicUrl) is { } text)
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
                proxies.PublicUrl = url;
            else
                _faults.Add(
                    $"{SettingNames.PublicUrl} is '{text}'; expected the address that clients use, such as https://shop.example/personalize.");
        }
        var trusted = ReadList(SettingNames.TrustedProxies);
        if (trusted.Count > 0) proxies.TrustedProxies = [.. trusted.Where(name => name != "none").Select(ReadNetwork).OfType<IPNetwork>()];
        return proxies;
    }

    private IPNetwork? ReadNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        _faults.Add($"{SettingNames.TrustedProxies} names '{text}'; expected an address such as 10.0.0.2, a network such as 10.0.0.0/8, or none.");
        return null;
    }

    private List<string> ReadList(string name)
    {
        var section = configuration.GetSection(name);
        return [.. section.GetChildren().Select(c => c.Value).Concat(section.Value?.Split(';') ?? [])
            .Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!.Trim())];
    }

    private PictureOrigins ReadPictures()
    {
        var named = ReadList(SettingNames.PictureOrigins);
        foreach (var wrong in named.Where(origin => PictureOrigins.Normalise(origin) is null))
            _faults.Add($"{SettingNames.PictureOrigins} names '{wrong}'; expected a scheme, a host and maybe a port, such as https://pictures.example.");
        if (named.Count > PictureOrigins.Most)
            _faults.Add($"{SettingNames.PictureOrigins} names {named.Count} origins; at most {PictureOrigins.Most} are allowed.");
        return new PictureOrigins([.. named.Where(origin => PictureOrigins.Normalise(origin) is not null).Take(PictureOrigins.Most)]);
    }

    private List<string> ReadFileRoots(string dataPath)
    {
        var roots = ReadList(SettingNames.AllowedFileRoots);
        foreach (var root in roots)
        {
            if (FileRootRules.Fault(root, dataPath) is { } fault) _faults.Add($"{SettingNames.AllowedFileRoots} names '{root}'; {fault}");
        }
        return roots;
    }

    /// <summary>A section of whole numbers, each a member of <paramref name="defaults"/> of the same name.</summary>
    private T ReadNumbers<T>(string section, T defaults, long smallest) where T : notnull
    {
        var members = typeof(T).GetProperties().Where(member => member.CanWrite).ToDictionary(
            member => member.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var setting in configuration.GetSection(section).GetChildren())
        {
            if (!members.TryGetValue(setting.Key, out var member))
            {
                _faults.Add($"{setting.Path} is not a setting; those of {section} are {string.Join(", ", members.Keys)}.");
                continue;
            }
            var most = member.PropertyType == typeof(int) ? int.MaxValue : long.MaxValue;
            if (ReadNumber(setting.Path, smallest, most) is { } number)
                member.SetValue(defaults, member.PropertyType == typeof(int) ? (object)(int)number : number);
        }
        return defaults;
    }

    private long? ReadNumber(string name, long min, long max)
    {
        if (Value(name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        _faults.Add($"{name} is '{text}'; expected a whole number from {min} to {max}.");
        return null;
    }

    private double? ReadPercent(string name)
    {
        if (Value(name) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 100) return number;
        _faults.Add($"{name} is '{text}'; expected a number from 0 to 100, such as 1 or 0.5.");
        return null;
    }

    private bool? ReadFlag(string name)
    {
        if (Value(name) is not { } text) return null;
        if (bool.TryParse(text, out var flag)) return flag;
        _faults.Add($"{name} is '{text}'; expected true or false.");
        return null;
    }

    private string? Checked(string name, Regex form, string expected, bool secret = false)
    {
        if (Value(name) is not { } text || form.IsMatch(text)) return Value(name);
        _faults.Add(secret ? $"{name} is not usable; expected {expected}." : $"{name} is '{text}'; expected {expected}.");
        return null;
    }

    private void CheckUrls()
    {
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ListenForm().IsMatch(url))
                _faults.Add($"--urls names '{url}'; expected an address such as http://127.0.0.1:5080.");
        }
    }

    private void CheckTelemetry()
    {
        if (Value(TelemetryExtensions.Endpoint) is not { } text) return;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            _faults.Add($"{TelemetryExtensions.Endpoint} is '{text}'; expected the address of an OTLP receiver, such as http://127.0.0.1:4317.");
    }

    private void RefuseUnknownNames()
    {
        foreach (var (name, value) in configuration.GetSection(SettingNames.Section).AsEnumerable())
        {
            if (value is null || SettingNames.All.Any(known => name.Equals(known, StringComparison.OrdinalIgnoreCase))) continue;
            if (SettingNames.Sections.Any(section => name.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase))) continue;
            _faults.Add($"{name} is not a setting; the settings are {string.Join(", ", SettingNames.All)}.");
        }
    }

    private string? Value(string name) => configuration[name] is { Length: > 0 } text ? text : null;

    [GeneratedRegex(@"^[a-z]{2,}(-[a-z0-9]+){1,4}\z")] private static partial Regex RegionForm();
    [GeneratedRegex(@"^[0-9]{12}\z")] private static partial Regex AccountForm();
    [GeneratedRegex(@"^[A-Za-z0-9_-]{16,128}\z")] private static partial Regex KeyIdForm();
    [GeneratedRegex(@"^[!-~]{16,128}\z")] private static partial Regex SecretForm();
    [GeneratedRegex(@"^https?://(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.*+\-]+)(:[0-9]{1,5})?/?\z")] private static partial Regex ListenForm();
}
