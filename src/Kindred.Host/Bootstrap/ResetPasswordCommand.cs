using Kindred.Host.Secrets;
using Kindred.Host.Settings;
using Kindred.Host.Starting;
using Kindred.Identity.Accounts;

namespace Kindred.Host.Bootstrap;

/// <summary>The command <c>reset-password</c>: a link for somebody who forgot theirs. It needs the data folder, not the server.</summary>
internal static class ResetPasswordCommand
{
    public static async Task<int> RunAsync(KindredSettings settings, HostArguments arguments, TextWriter output, TextWriter errors)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKindredSecrets(settings);
        var email = arguments.ResetPassword!;
        if (await PasswordResetPrint.MakeAsync(services, settings.Accounts, arguments.Settings.GetValueOrDefault("urls"), email) is not { } link)
        {
            await errors.WriteLineAsync($"There is no account with the mail address '{email}'.");
            return ExitCodes.Failed;
        }
        await output.WriteLineAsync($"""
            With this link {email} chooses a new password; it works once, for a day. Whoever has it has the account:
              {link}
            """);
        return ExitCodes.Success;
    }
}
