using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.Accounts;

/// <summary>What <c>dotnet ef migrations add</c> makes its contexts with. It reads the model; it connects to nothing.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteAccountsDb>
{
    public SqliteAccountsDb CreateDbContext(string[] args) =>
        new(DesignTime.Options<SqliteAccountsDb>().UseSqlite("Data Source=design.db").Options);
}

/// <inheritdoc cref="SqliteDesignTime"/>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresAccountsDb>
{
    public PostgresAccountsDb CreateDbContext(string[] args) =>
        new(DesignTime.Options<PostgresAccountsDb>().UseNpgsql("Host=localhost").Options);
}

internal static class DesignTime
{
    // Identity asks the application which of its tables there are.
    public static DbContextOptionsBuilder<T> Options<T>() where T : DbContext => new DbContextOptionsBuilder<T>().UseApplicationServiceProvider(
        new ServiceCollection().Configure<IdentityOptions>(AccountRules.Apply).BuildServiceProvider());
}
