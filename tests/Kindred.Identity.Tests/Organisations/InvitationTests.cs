using System.Net;
using System.Net.Sockets;
using System.Web;
using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Accounts;
using Kindred.Identity.Mail;
using Kindred.Identity.Organisations;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.Tests.Organisations;

public sealed class InvitationTests
{
    private const string Email = "new@b.example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Join_WithTheLink_MakesAMemberOnce()
    {
        await using var server = await PeopleServer.StartAsync(SignUpRule.Open);
        var owner = await server.OwnerAsync();
        var secret = await InviteAsync(server, owner, OrganisationRole.Developer);

        var joined = await JoinAsync(server, secret);
        var again = await JoinAsync(server, secret);

        var membership = Assert.Single(await server.Directory.ListAsync(joined.Person!.Id, Stop));
        Assert.Equal((owner.Account, OrganisationRole.Developer, Email), (membership.Account, membership.Role, joined.Person.Email));
        Assert.Contains("has been used", Assert.Single(again.Faults), StringComparison.Ordinal);
        Assert.Equal(["members:Invite", "members:Join"], server.Audit.Events.Where(e => e.Account == owner.Account).Select(e => e.Action).Skip(1));
    }

    [Fact]
    public async Task Accept_BySomebodyElse_IsRefusedAndLeavesTheLink()
    {
        await using var server = await PeopleServer.StartAsync();
        var owner = await server.OwnerAsync();
        var secret = await InviteAsync(server, owner, OrganisationRole.Admin);
        var thief = await server.SignUpAsync("thief@c.example");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Invitations(server).AcceptAsync(secret, thief.Id, null, Stop));

        Assert.Equal(RefusalCode.AccessDenied, refused.Code);
        Assert.NotNull(await Invitations(server).FindAsync(secret, Stop));
    }

    [Fact]
    public async Task Find_AfterAWeek_OrWithdrawn_OrMadeAnew_IsNothing()
    {
        await using var server = await PeopleServer.StartAsync();
        var owner = await server.OwnerAsync();
        var replaced = await InviteAsync(server, owner, OrganisationRole.Analyst);
        var withdrawn = await InviteAsync(server, owner, OrganisationRole.Analyst);
        Assert.Null(await Invitations(server).FindAsync(replaced, Stop));

        await Invitations(server).WithdrawAsync(owner, Assert.Single(await Invitations(server).ListAsync(owner, Stop)).Id, Stop);
        Assert.Null(await Invitations(server).FindAsync(withdrawn, Stop));

        var old = await InviteAsync(server, owner, OrganisationRole.Analyst);
        server.Clock.Advance(Identity.Organisations.Invitations.KeptFor);
        Assert.Null(await Invitations(server).FindAsync(old, Stop));
    }

    [Fact]
    public async Task Make_AnAdminWhoInvitesAnOwner_IsRefused()
    {
        await using var server = await PeopleServer.StartAsync();
        var owner = await server.OwnerAsync();
        var person = await server.SignUpAsync("admin@b.example");
        await server.JoinAsync(owner.Account, person, OrganisationRole.Admin);
        var admin = Principal.OfPerson(owner.Account, person.Id, AccessScopes.Tenant);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Invitations(server).MakeAsync(admin, Email, OrganisationRole.Owner, Stop));

        Assert.Equal(RefusalCode.AccessDenied, refused.Code);
        Assert.NotNull(await Invitations(server).MakeAsync(admin, Email, OrganisationRole.Admin, Stop));
    }

    [Fact]
    public async Task Make_WhereMailIsSet_SendsTheLinkOfThePublicAddress()
    {
        using var smtp = new SmtpSink();
        await using var server = await PeopleServer.StartAsync(options: o => o with
        {
            Mail = new MailOptions("127.0.0.1", smtp.Port, "kindred@a.example", null, null, RequireTls: false),
            PublicUrl = new Uri("https://kindred.example"),
        });

        var made = await Invitations(server).MakeAsync(await server.OwnerAsync(), Email, OrganisationRole.Analyst, Stop);

        Assert.True(made.IsMailed);
        var mail = await smtp.ReceivedAsync(Stop);
        Assert.Contains("To: new@b.example", mail, StringComparison.Ordinal);
        Assert.Contains($"https://kindred.example{made.Path}", mail, StringComparison.Ordinal);
    }

    private static Invitations Invitations(PeopleServer server) => server.Services.GetRequiredService<Invitations>();

    private static async Task<string> InviteAsync(PeopleServer server, Principal owner, OrganisationRole role)
    {
        var made = await Invitations(server).MakeAsync(owner, Email, role, Stop);
        return HttpUtility.ParseQueryString(made.Path.Split('?')[1])["token"]!;
    }

    private static Task<MadeAccount> JoinAsync(PeopleServer server, string secret) =>
        server.WithAsync<SignUp, MadeAccount>(s => s.JoinAsync(secret, "New", PeopleServer.Password, null, Stop));

    /// <summary>Takes one mail, and keeps what was said.</summary>
    private sealed class SmtpSink : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task<string> _mail;

        public SmtpSink()
        {
            _listener.Start();
            _mail = TakeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public Task<string> ReceivedAsync(CancellationToken cancellationToken) => _mail.WaitAsync(cancellationToken);

        public void Dispose() => _listener.Stop();

        private async Task<string> TakeAsync()
        {
            using var client = await _listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 sink");
            var mail = new List<string>();
            for (var isBody = false; await reader.ReadLineAsync() is { } line;)
            {
                if (isBody && line != ".") mail.Add(line);
                else if (line.StartsWith("QUIT", StringComparison.Ordinal)) break;
                else if (line.StartsWith("DATA", StringComparison.Ordinal)) (isBody, _) = (true, writer.WriteLineAsync("354 go on"));
                else (isBody, _) = (false, writer.WriteLineAsync("250 ok"));
            }
            // Long lines are folded with a soft break.
            return string.Join('\n', mail).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        }
    }
}
