using Kindred.Identity.Accounts;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Kindred.Identity.Mail;

/// <summary>Sends mails with links, where the operator has set a server for them. Links are copied by hand everywhere else.</summary>
internal sealed partial class Mailer(AccountsOptions options, ILogger<Mailer> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public bool IsSet => options is { Mail: not null, PublicUrl: not null };

    /// <param name="path">The link's path. Its host is the operator's, whatever host a request named: a request could name anybody's.</param>
    /// <returns>Whether the server took the mail; the log says why not.</returns>
    public async Task<bool> SendLinkAsync(string to, string subject, string sentence, string path, CancellationToken cancellationToken)
    {
        if (options is not { Mail: { } mail, PublicUrl: { } site }) return false;
        var message = new MimeMessage { Subject = subject };
        message.From.Add(MailboxAddress.Parse(mail.From));
        message.To.Add(new MailboxAddress("", to));
        message.Body = new TextPart("plain") { Text = $"{sentence}\n\n{site.AbsoluteUri.TrimEnd('/')}{path}\n" };
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            using var client = new SmtpClient();
            var security = mail.RequireTls ? mail.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls
                : SecureSocketOptions.StartTlsWhenAvailable;
            await client.ConnectAsync(mail.Host, mail.Port, security, patience.Token);
            if (mail is { User: { } user, Password: { } password }) await client.AuthenticateAsync(user, password, patience.Token);
            await client.SendAsync(message, patience.Token);
            await client.DisconnectAsync(quit: true, patience.Token);
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(failure, mail.Host, mail.Port);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail could not be sent through {Host}:{Port}")]
    private partial void LogFailed(Exception failure, string host, int port);
}
