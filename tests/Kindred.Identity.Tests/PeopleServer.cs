using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Identity.Accounts;
using Kindred.Identity.Applications;
using Kindred.Identity.Organisations;
using Kindred.Identity.Starting;
using Kindred.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Identity.Tests;

/// <summary>The identity half of a deployment, in this process, with a database of its own and no portal.</summary>
internal sealed class PeopleServer : IAsyncDisposable
{
    public const string FirstAccount = "111122223333";
    public const string Origin = "192.0.2.7";
    public const string Password = "a quiet harbour";

    private readonly TemporaryFolder _folder;
    private readonly bool _ownsFolder;
    private readonly WebApplication _app;

    private PeopleServer(TemporaryFolder folder, bool ownsFolder, WebApplication app) => (_folder, _ownsFolder, _app) = (folder, ownsFolder, app);

    /// <summary>Where it listens; null when it is only called in this process.</summary>
    public Uri? Address { get; private init; }
    public FakeTimeProvider Clock => (FakeTimeProvider)_app.Services.GetRequiredService<TimeProvider>();
    public IServiceProvider Services => _app.Services;
    public IMembershipDirectory Directory => Services.GetRequiredService<IMembershipDirectory>();
    public InMemoryAudit Audit => (InMemoryAudit)Services.GetRequiredService<IAuditTrail>();
    public InMemoryTenants Tenants => (InMemoryTenants)Services.GetRequiredService<ITenantRegistry>();

    public static async Task<PeopleServer> StartAsync(
        SignUpRule signUp = SignUpRule.Open, TemporaryFolder? folder = null, string? connectionString = null,
        Func<AccountsOptions, AccountsOptions>? options = null, bool listens = false, Action<IServiceCollection>? configure = null, Action<WebApplication>? map = null,
        Func<HttpContext, bool>? isForPrograms = null)
    {
        var data = folder ?? new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder();
        if (listens) builder.WebHost.UseUrls("http://127.0.0.1:0");
        else builder.WebHost.UseTestServer();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UtcNow));
        builder.Services.AddDataProtection().SetApplicationName("kindred").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(data.Path, "keys")));
        builder.Services.AddSingleton<IFirstTenant, FixedFirstTenant>();
        builder.Services.AddSingleton<ITenantRegistry, InMemoryTenants>();
        builder.Services.AddSingleton<IAuditTrail, InMemoryAudit>();
        var accounts = new AccountsOptions { DataPath = data.Path, ConnectionString = connectionString, SignUp = signUp };
        builder.Services.AddKindredIdentity(options?.Invoke(accounts) ?? accounts);
        builder.Services.Remove(builder.Services.Single(s => s.ImplementationType == typeof(StartLinkNotice)));
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseKindredIdentity(isForPrograms ?? (_ => false));
        app.MapKindredIdentity();
        app.MapGet("/who", (ClaimsPrincipal who) => who.FindFirstValue(ClaimTypes.NameIdentifier) ?? "nobody");
        app.MapPost("/enter", EnterAsync);
        map?.Invoke(app);
        await app.StartAsync();
        await app.Services.GetRequiredService<AccountsGate>().WaitAsync(TestContext.Current.CancellationToken);
        return new PeopleServer(data, folder is null, app) { Address = listens ? new Uri(app.Urls.First() + "/") : null };
    }

    /// <summary>A browser: it keeps cookies, and follows no redirect.</summary>
    public HttpClient Browse(string address = "http://localhost") =>
        new(new CookieJar(Address is null ? _app.GetTestServer().CreateHandler() : Direct())) { BaseAddress = Address ?? new Uri(address) };

    /// <summary>A token that an application gets for itself.</summary>
    public async Task<string> TokenAsync(MadeApplication application)
    {
        using var client = Browse();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = application.ClientId, ["client_secret"] = application.Secret,
        });
        using var answer = await client.PostAsync(new Uri("/connect/token", UriKind.Relative), form, TestContext.Current.CancellationToken);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["access_token"]!;
    }

    /// <summary>Does something with services that live as long as a request.</summary>
    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async Task<Person> SignUpAsync(string email, string organisation = "A shop")
    {
        var made = await WithAsync<SignUp, MadeAccount>(s => s.OpenAsync(new NewAccount(email, "", Password), organisation, Origin));
        return made.Person ?? throw new InvalidOperationException(string.Join(' ', made.Faults));
    }

    /// <summary>Somebody new who owns an organisation of their own, as they act in it.</summary>
    public async Task<Principal> OwnerAsync(string email = "owner@a.example")
    {
        var person = await SignUpAsync(email);
        var account = (await Directory.ListAsync(person.Id))[0].Account;
        return (await Directory.FindPrincipalAsync(person.Id, account))!;
    }

    /// <summary>The secret of the link that would be printed.</summary>
    public Task<string> StartSecretAsync() => Services.GetRequiredService<StartLinks>().FindOrMakeAsync(TestContext.Current.CancellationToken);

    public async Task JoinAsync(string account, Person person, OrganisationRole role)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<AccountsDb>>().CreateDbContextAsync();
        db.Memberships.Add(new() { Account = account, PersonId = person.Id, Role = role, JoinedAt = Clock.GetUtcNow() });
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsFolder) _folder.Dispose();
    }

    private static SocketsHttpHandler Direct() => new() { AllowAutoRedirect = false, UseCookies = false };

    // What the sign-in page does, without the page.
    private static async Task<string> EnterAsync(string email, string password, SignInManager<Person> signIn)
    {
        var result = await signIn.PasswordSignInAsync(email, password, isPersistent: false, lockoutOnFailure: true);
        return result.ToString();
    }

    private sealed class FixedFirstTenant : IFirstTenant
    {
        public string Account => FirstAccount;
    }
}
