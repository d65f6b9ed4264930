using Kindred.Api;
using Kindred.Api.Proxies;
using Kindred.Grains;
using Kindred.Files;
using Kindred.Host.Bootstrap;
using Kindred.Host.Health;
using Kindred.Host.Logs;
using Kindred.Host.Secrets;
using Kindred.Host.Silo;
using Kindred.Host.Starting;
using Kindred.Host.Telemetry;
using Kindred.Identity;
using Kindred.Portal;
using Kindred.Portal.Security;
using Kindred.Serving;
using Kindred.Storage;

if (!StartRequest.TryRead(args, Console.Out, Console.Error, out var start, out var exitCode)) return exitCode;
var (arguments, settings) = start;
PrivateFiles.MakeNewOnesPrivate();
if (arguments.StartLink) return await StartLinkCommand.RunAsync(settings, arguments, Console.Out);

var builder = WebApplication.CreateSlimBuilder(StartRequest.WebOptions);
builder.Configuration.AddInMemoryCollection(arguments.Settings);
builder.WebHost.UseKindredKestrel(builder.Configuration, settings.Limits);
builder.Logging.AddKindredConsole(builder.Configuration, arguments.Demo);
builder.AddKindredTelemetry();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(settings);
builder.Services.AddKindredSecrets(settings);
builder.Services.AddKindredServing();
builder.Services.AddSingleton(settings.Proxies);
builder.Services.AddSingleton(settings.Limits);
builder.Services.AddKindredApi();
builder.Host.UseOrleans(silo => silo.UseSingleSilo().AddKindredTraces()
    .AddKindredStorage(settings.Storage).AddKindredGrains(settings.Jobs, settings.Tenants));
builder.Services.AddFirstTenant();
builder.Services.AddKindredIdentity(settings.Accounts);
builder.AddKindredPortal();

var app = builder.Build();
app.UseKindredProxies();
app.UseSecurityHeaders();
app.UseKindredIdentity(ApiExtensions.IsForApi);
app.MapKindredPortal();
app.MapKindredIdentity();
app.MapKindredHealth();
app.MapKindredApi();
return await HostRun.RunAsync(app, arguments, Console.Error);
