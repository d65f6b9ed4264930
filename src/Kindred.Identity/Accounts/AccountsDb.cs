using Kindred.Identity.Applications;
using Kindred.Identity.Organisations;
using Kindred.Identity.SignIn;
using Kindred.Identity.Starting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kindred.Identity.Accounts;

/// <summary>
/// People, how they sign in, and where they belong; and the tokens of OpenIddict. Data of tenants is elsewhere. One subclass for each
/// database, because each has migrations of its own.
/// </summary>
internal abstract class AccountsDb(DbContextOptions options) : IdentityUserContext<Person>(options)
{
    private const int AccountLength = 12;
    private const int MaxIdLength = 64;

    public DbSet<OrganisationRecord> Organisations => Set<OrganisationRecord>();
    public DbSet<MembershipRecord> Memberships => Set<MembershipRecord>();
    public DbSet<InvitationRecord> Invitations => Set<InvitationRecord>();
    public DbSet<SessionRecord> Sessions => Set<SessionRecord>();
    public DbSet<StartLinkRecord> StartLinks => Set<StartLinkRecord>();
    public DbSet<ApplicationRecord> Applications => Set<ApplicationRecord>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.UseOpenIddict();
        builder.Entity<Person>(Build);
        builder.Entity<IdentityUserClaim<string>>().ToTable("PersonClaims");
        builder.Entity<IdentityUserLogin<string>>().ToTable("PersonLogins");
        builder.Entity<IdentityUserToken<string>>().ToTable("PersonTokens");
        builder.Entity<IdentityUserPasskey<string>>().ToTable("PersonPasskeys");
        builder.Entity<OrganisationRecord>(Build);
        builder.Entity<MembershipRecord>(Build);
        builder.Entity<InvitationRecord>(Build);
        builder.Entity<SessionRecord>(Build);
        builder.Entity<ApplicationRecord>(Build);
        builder.Entity<StartLinkRecord>().ToTable("StartLinks").Property(link => link.Id).ValueGeneratedNever();
    }

    private static void Build(EntityTypeBuilder<Person> person)
    {
        person.ToTable("People");
        person.Ignore(p => p.DisplayName);
        person.Property(p => p.Name).HasMaxLength(AccountLimits.NameLength);
        // Without it two sign-ups at the same moment could both take an address.
        person.HasIndex(p => p.NormalizedEmail).IsUnique();
    }

    private static void Build(EntityTypeBuilder<OrganisationRecord> organisation)
    {
        organisation.ToTable("Organisations").HasKey(o => o.Account);
        organisation.Property(o => o.Account).HasMaxLength(AccountLength);
        organisation.Property(o => o.Name).HasMaxLength(AccountLimits.NameLength);
    }

    private static void Build(EntityTypeBuilder<MembershipRecord> membership)
    {
        membership.ToTable("Memberships").HasKey(m => new { m.Account, m.PersonId });
        membership.HasIndex(m => m.PersonId);
        membership.HasOne(m => m.Organisation).WithMany().HasForeignKey(m => m.Account);
        membership.HasOne(m => m.Person).WithMany().HasForeignKey(m => m.PersonId);
    }

    private static void Build(EntityTypeBuilder<InvitationRecord> invitation)
    {
        invitation.ToTable("Invitations").HasKey(i => i.Id);
        invitation.Property(i => i.Id).HasMaxLength(MaxIdLength);
        invitation.Property(i => i.Email).HasMaxLength(AccountLimits.EmailLength);
        invitation.HasIndex(i => i.SecretHash).IsUnique();
        invitation.HasOne(i => i.Organisation).WithMany().HasForeignKey(i => i.Account);
    }

    private static void Build(EntityTypeBuilder<SessionRecord> session)
    {
        session.ToTable("Sessions").HasKey(s => s.Id);
        session.Property(s => s.Id).HasMaxLength(MaxIdLength);
        session.HasIndex(s => s.SeenAt);
        session.HasOne(s => s.Person).WithMany().HasForeignKey(s => s.PersonId);
    }

    private static void Build(EntityTypeBuilder<ApplicationRecord> application)
    {
        application.ToTable("Applications").HasKey(a => a.ClientId);
        application.Property(a => a.ClientId).HasMaxLength(MaxIdLength);
        application.Property(a => a.Name).HasMaxLength(AccountLimits.NameLength);
        application.HasOne(a => a.Organisation).WithMany().HasForeignKey(a => a.Account);
    }
}
