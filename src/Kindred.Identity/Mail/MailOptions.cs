namespace Kindred.Identity.Mail;

/// <summary>The SMTP server that mails go through. Settings <c>Kindred:Mail</c>.</summary>
/// <param name="From">The sender's address.</param>
/// <param name="User">Null for a server that asks for no password.</param>
/// <param name="RequireTls">Whether the connection must be encrypted; false only for a server on this machine.</param>
public sealed record MailOptions(string Host, int Port, string From, string? User, string? Password, bool RequireTls);
