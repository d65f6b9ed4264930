using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.Tests.SignIn;

/// <summary>What programs send is looked at by no handler of cookies and forms: each of them costs as much as a recommendation.</summary>
public sealed class ProgramRequestsTests
{
    [Theory]
    [InlineData("/program", false)]
    [InlineData("/who", true)]
    public async Task Request_OfProgramOrPerson_MeetsHandlersOfPeopleOnly(string path, bool isLookedAt)
    {
        var asked = new AskedHandlers();
        await using var server = await PeopleServer.StartAsync(
            configure: services => services.AddScoped<IAuthenticationHandlerProvider>(provider => new Handlers(
                new AuthenticationHandlerProvider(provider.GetRequiredService<IAuthenticationSchemeProvider>()), asked)),
            map: app => app.MapGet("/program", () => "answered"),
            isForPrograms: http => http.Request.Path == "/program");
        using var browser = server.Browse();

        await browser.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(isLookedAt, asked.Count > 0);
    }

    private sealed class AskedHandlers
    {
        public int Count;
    }

    private sealed class Handlers(IAuthenticationHandlerProvider inner, AskedHandlers asked) : IAuthenticationHandlerProvider
    {
        public Task<IAuthenticationHandler?> GetHandlerAsync(HttpContext context, string authenticationScheme)
        {
            Interlocked.Increment(ref asked.Count);
            return inner.GetHandlerAsync(context, authenticationScheme);
        }
    }
}
