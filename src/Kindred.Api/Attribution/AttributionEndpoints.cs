using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kindred.Api.Authentication;
using Kindred.Api.Protocol;
using Kindred.Api.Tenancy;
using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Attribution;
using Kindred.Operations;
using Kindred.Operations.Readings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kindred.Api.Attribution;

/// <summary>What a metric attribution came to, by quarters of an hour: of the last day, unless asked otherwise. Needs the scope <c>read</c>.</summary>
internal sealed class AttributionEndpoints(RequestAuthenticator authenticator, IOptions<OperationOptions> options, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder routes, RequestGuard guard) =>
        routes.MapGet("/v1/metric-attributions/{name}", guard.Around(ReadAsync));

    private async Task ReadAsync(HttpContext http)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Read, "metric-attributions:Read");
        using var entered = CallerContext.Enter(principal);
        var text = MetricAttributionState.Kind.ArnOf(options.Value.Region, principal.Account, (string)http.Request.RouteValues["name"]!).ToString();
        // Whatever a client writes into a path, only what parses as an ARN is looked for.
        if (!Arn.TryParse(text, out var arn)) throw new ApiException(ApiError.ResourceNotFound, $"There is no resource with the ARN {text}.");
        var now = clock.GetUtcNow();
        // Clocks of browsers run ahead: what is a little in the future is there too.
        var (from, until) = (Moment(http, "from") ?? now.AddDays(-1), Moment(http, "until") ?? now.AddDays(1));
        var readings = http.RequestServices.GetRequiredService<AttributionReadings>();
        var values = await readings.ReadAsync(principal, arn, from, until, http.RequestAborted);
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, new AttributionAnswer(text, values), AttributionJson.Default.AttributionAnswer);
    }

    private static DateTimeOffset? Moment(HttpContext http, string name)
    {
        if (http.Request.Query[name] is not [{ Length: > 0 } text]) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new ApiException(ApiError.InvalidInput, $"'{text}' at '{name}' is not a moment; expected such as 2026-11-27T08:00:00Z.");
    }
}

/// <param name="Values">In order of time.</param>
internal sealed record AttributionAnswer(string MetricAttributionArn, IReadOnlyList<AttributedValue> Values);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AttributionAnswer))]
internal sealed partial class AttributionJson : JsonSerializerContext;
