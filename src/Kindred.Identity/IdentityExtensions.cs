using Kindred.Contracts.Audit;
using Kindred.Identity.Accounts;
using Kindred.Identity.Applications;
using Kindred.Identity.Mail;
using Kindred.Identity.Organisations;
using Kindred.Identity.Providers;
using Kindred.Identity.SignIn;
using Kindred.Identity.Starting;
using Kindred.Identity.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;

namespace Kindred.Identity;

/// <summary>People: their accounts, how they sign in, and where they belong.</summary>
public static class IdentityExtensions
{
    /// <summary>Needs data protection with keys that outlive the process, grains, and an <see cref="IFirstTenant"/>.</summary>
    public static IServiceCollection AddKindredIdentity(this IServiceCollection services, AccountsOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddAccountsDb(options);
        services.AddSingleton<IMembershipDirectory, MembershipDirectory>();
        services.TryAddSingleton<ITenantRegistry, GrainTenantRegistry>();
        services.AddSingleton<Mailer>();
        services.AddSingleton(provider => new Members(
            provider.GetRequiredService<IDbContextFactory<AccountsDb>>(), provider.GetRequiredService<IAuditTrail>()));
        services.AddSingleton(provider => new Invitations(
            provider.GetRequiredService<IDbContextFactory<AccountsDb>>(),
            provider.GetRequiredService<Mailer>(),
            provider.GetRequiredService<IAuditTrail>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new PasswordResets(
            provider.GetRequiredService<UserManager<Person>>(), provider.GetRequiredService<Mailer>(), provider.GetRequiredService<IAuditTrail>()));
        services.AddSingleton(provider => new People(
            provider.GetRequiredService<IDbContextFactory<AccountsDb>>(),
            provider.GetRequiredService<IAuditTrail>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new ApplicationRegister(
            provider.GetRequiredService<AccountsDb>(),
            provider.GetRequiredService<IOpenIddictApplicationManager>(),
            provider.GetRequiredService<IOpenIddictTokenManager>(),
            provider.GetRequiredService<TokenCache>(),
            provider.GetRequiredService<IAuditTrail>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<AccountsOpening>();
        services.AddHostedService<StartLinkNotice>();
        services.AddSignIn(options);
        services.AddTokens(options);
        services.AddScoped(provider => new SignUp(
            provider.GetRequiredService<AccountsDb>(),
            provider.GetRequiredService<UserManager<Person>>(),
            provider.GetRequiredService<StartLinks>(),
            provider.GetRequiredService<IFirstTenant>(),
            provider.GetRequiredService<ITenantRegistry>(),
            provider.GetRequiredService<Invitations>(),
            provider.GetRequiredService<IAuditTrail>(),
            options,
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>What the middlewares of ASP.NET Core leave in <see cref="IApplicationBuilder.Properties"/>, which a branch has for itself.</summary>
    private static readonly string[] AlreadySet = ["__AuthenticationMiddlewareSet", "__AuthorizationMiddlewareSet"];

    /// <summary>Reads who sends a request. Goes after routing, before the pages.</summary>
    /// <param name="app">The application.</param>
    /// <param name="isForPrograms">Requests that no browser with a person in front of it sends: they are not looked at.</param>
    public static IApplicationBuilder UseKindredIdentity(this IApplicationBuilder app, Func<HttpContext, bool> isForPrograms)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(isForPrograms);
        // Else WebApplication puts both before everything, since it does not see those of the branch: every handler of every scheme would look at
        // every request of a program, which was half of the time of a recommendation.
        foreach (var isSet in AlreadySet) app.Properties[isSet] = true;
        return app.UseWhen(http => !isForPrograms(http), people =>
        {
            people.UsePeopleDoor();
            people.UseAuthentication();
            people.UseAuthorization();
        });
    }

    /// <summary>The endpoints beside the pages of the account.</summary>
    public static IEndpointRouteBuilder MapKindredIdentity(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.MapAccount();
        routes.MapTokens();
        if (routes.ServiceProvider.GetRequiredService<AccountsOptions>().Oidc is not null) routes.MapProvider();
        return routes;
    }

    /// <summary>The database alone, for the server and for commands that run beside it.</summary>
    internal static void AddAccountsDb(this IServiceCollection services, AccountsOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<AccountsGate>();
        services.AddSingleton<StartLinks>();
        services.Configure<IdentityOptions>(AccountRules.Apply);
        if (options.ConnectionString is { } connection)
        {
            services.AddDbContextFactory<PostgresAccountsDb>(db => db.UseNpgsql(connection));
            services.AddContexts<PostgresAccountsDb>();
            return;
        }
        var file = Path.Combine(options.DataPath, "accounts.db");
        services.AddDbContextFactory<SqliteAccountsDb>(db => db.UseSqlite($"Data Source={file}").AddInterceptors(new SqliteConnectionSettings()));
        services.AddContexts<SqliteAccountsDb>();
    }

    private static void AddContexts<TContext>(this IServiceCollection services) where TContext : AccountsDb
    {
        services.AddSingleton<IDbContextFactory<AccountsDb>, GatedContexts<TContext>>();
        services.AddScoped<AccountsDb>(provider => provider.GetRequiredService<TContext>());
    }

    private static void AddSignIn(this IServiceCollection services, AccountsOptions options)
    {
        services.AddDataProtection();
        services.AddAntiforgery(forgery => forgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddHttpContextAccessor();
        services.AddSingleton<TriesLimit>();
        services.AddSingleton(provider => new Sessions(
            provider.GetRequiredService<IDbContextFactory<AccountsDb>>(),
            provider.GetRequiredService<IOptions<IdentityOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<ProviderAccounts>();
        var authentication = services.AddAuthentication(authentication =>
        {
            authentication.DefaultScheme = IdentityConstants.ApplicationScheme;
            authentication.DefaultSignInScheme = IdentityConstants.ExternalScheme;
        });
        authentication.AddIdentityCookies();
        if (options.Oidc is { } provider) authentication.AddProvider(provider);
        services.ConfigureApplicationCookie(SessionCookie.Configure);
        services.AddIdentityCore<Person>()
            .AddEntityFrameworkStores<AccountsDb>()
            .AddSignInManager<PersonSignInManager>()
            .AddDefaultTokenProviders();
        services.AddAuthorization();
        services.AddScoped<AuthenticationStateProvider, RevalidatingSignIn>();
    }
}
