namespace Kindred.Identity.Accounts;

/// <summary>What somebody gives to make an account.</summary>
/// <param name="Email">Their mail address; they sign in with it.</param>
/// <param name="Name">What others call them; may be empty.</param>
/// <param name="Password">At least ten characters.</param>
public sealed record NewAccount(string Email, string Name, string Password);
