namespace Kindred.Identity.Organisations;

/// <summary>A person in an organisation, as its other members see them.</summary>
/// <param name="HasSecondStep">Whether they sign in with an authenticator app or a passkey too.</param>
public sealed record Member(
    string PersonId, string Name, string Email, OrganisationRole Role, DateTimeOffset JoinedAt, bool HasSecondStep);
