using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Organisations;
using Kindred.Operations.Intake;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Kindred.Portal.Uploads;

/// <summary>
/// Takes a file from a page, as a stream: through the circuit it would go in small messages and stop everything else. The person comes
/// from the cookie; a form of another site has no token.
/// </summary>
internal static class UploadEndpoint
{
    public static string AddressFor(string account, string project) => $"o/{account}/p/{Uri.EscapeDataString(project)}/uploads";

    public static void MapUploads(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{account}/p/{project}/uploads", ReceiveAsync).RequireAuthorization().DisableAntiforgery(); // checked below: no form is bound

    private static async Task<IResult> ReceiveAsync(
        string account, string project, string name, HttpContext http, IAntiforgery antiforgery, IMembershipDirectory memberships, DataIntake intake)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest(new UploadFault("Load the page again: its token has expired."));
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null; // the store counts
        if (await PersonRequests.FindPrincipalAsync(http, memberships, account) is not { } principal)
            return Results.NotFound(new UploadFault("There is no such organisation, or you do not belong to it."));
        using var entered = CallerContext.Enter(principal);
        try
        {
            var receipt = await intake.ReceiveAsync(principal, project, name, http.Request.Body, http.Request.ContentLength, http.RequestAborted);
            return Results.Json(new UploadAnswer(receipt.Location, receipt.SizeBytes));
        }
        catch (RefusedException refused)
        {
            return Results.Json(new UploadFault(refused.Message), statusCode: StatusOf(refused.Code));
        }
    }

    private static int StatusOf(RefusalCode code) => code switch
    {
        RefusalCode.AccessDenied => StatusCodes.Status403Forbidden,
        RefusalCode.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalCode.ServiceUnavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };

    private sealed record UploadAnswer(string Location, long SizeBytes);

    private sealed record UploadFault(string Message);
}
