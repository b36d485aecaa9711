"""Who gets what, for every route of the application. A route that is not in the table fails the test.

nobody      no token; what is public says 200 here
stranger    another visitor of the same channel
owner       the visitor whose conversation it is
outsider    an agent of the organization, of no team, without anybody else's conversations
leader      a group leader of another department, of no team
inspector   may read every conversation and change nothing
auditor     may read the audit log and who works here, and nothing else
application what the agent who has the conversation let see contacts, and nothing else
foreign     the administrator of another organization, who holds every permission there
"""

from typing import Final

PERSONAS: Final = (
    "nobody", "stranger", "owner", "outsider", "leader", "inspector", "auditor", "application", "foreign",
)  # fmt: skip

_TABLE: Final = """
route                                                        nobody stranger owner outsider leader inspector auditor application foreign
GET    /                                                        302      302   302      302    302       302     302         302     302
GET    /console                                                 200      200   200      200    200       200     200         200     200
GET    /console/{path}                                          200      200   200      200    200       200     200         200     200
GET    /demo                                                    200      200   200      200    200       200     200         200     200
GET    /demo/{path}                                             404      404   404      404    404       404     404         404     404
GET    /widget.js                                               200      200   200      200    200       200     200         200     200
GET    /widget/{path}                                           404      404   404      404    404       404     404         404     404
GET    /health                                                  200      200   200      200    200       200     200         200     200
GET    /ready                                                   200      200   200      200    200       200     200         200     200
GET    /metrics                                                 200      200   200      200    200       200     200         200     200
GET    /v1/asyncapi.json                                        200      200   200      200    200       200     200         200     200
GET    /v1/openapi.json                                         200      200   200      200    200       200     200         200     200
GET    /.well-known/jwks.json                                   200      200   200      200    200       200     200         200     200
GET    /.well-known/openid-configuration                        200      200   200      200    200       200     200         200     200
GET    /.well-known/oauth-authorization-server                  200      200   200      200    200       200     200         200     200
POST   /oauth/token                                             400      400   400      400    400       400     400         400     400
POST   /oauth/introspect                                        400      400   400      400    400       400     400         400     400
POST   /oauth/revoke                                            400      400   400      400    400       400     400         400     400
GET    /oauth/userinfo                                          401      401   401      401    401       401     401         200     401
GET    /oauth/logout                                            302      302   302      302    302       302     302         302     302

POST   /v1/oauth/authorizations                                 401      403   403      200    200       200     200         403     400
GET    /v1/oauth/clients                                        401      403   403      403    403       403     403         403     200
POST   /v1/oauth/clients                                        401      403   403      403    403       403     403         403     201
PATCH  /v1/oauth/clients/{client_id}                            401      403   403      403    403       403     403         403     404
POST   /v1/oauth/clients/{client_id}/secret                     401      403   403      403    403       403     403         403     404
DELETE /v1/oauth/clients/{client_id}                            401      403   403      403    403       403     403         403     404
GET    /v1/identity-providers                                   401      403   403      403    403       403     403         403     200
POST   /v1/identity-providers                                   401      403   403      403    403       403     403         403     201
PATCH  /v1/identity-providers/{provider_id}                     401      403   403      403    403       403     403         403     404
DELETE /v1/identity-providers/{provider_id}                     401      403   403      403    403       403     403         403     404
GET    /v1/me/sessions                                          401      403   403      200    200       200     200         403     200
DELETE /v1/me/sessions                                          401      403   403      204    204       204     204         403     204
DELETE /v1/me/sessions/{session_id}                             401      403   403      404    404       404     404         403     404
GET    /v1/agents/{agent_id}/sessions                           401      403   403      403    403       403     403         403     404
DELETE /v1/agents/{agent_id}/sessions                           401      403   403      403    403       403     403         403     404
DELETE /v1/agents/{agent_id}/sessions/{session_id}              401      403   403      403    403       403     403         403     404

POST   /v1/auth/sign-in                                         401      401   401      401    401       401     401         401     401
POST   /v1/auth/refresh                                         401      401   401      401    401       401     401         401     401
GET    /v1/auth/password-reset                                  200      200   200      200    200       200     200         200     200
POST   /v1/auth/password-reset                                  404      404   404      404    404       404     404         404     404
POST   /v1/auth/password-reset/done                             404      404   404      404    404       404     404         404     404
GET    /v1/auth/sso                                             200      200   200      200    200       200     200         200     200
POST   /v1/auth/sso/{provider_id}                               404      404   404      404    404       404     404         404     404
GET    /v1/auth/sso/callback                                    303      303   303      303    303       303     303         303     303
POST   /v1/auth/password                                        401      403   403      400    400       400     400         403     400
GET    /v1/organization                                         401      403   403      200    200       200     200         200     200
PATCH  /v1/organization                                         401      403   403      403    403       403     403         403     200
GET    /v1/sign-in-policy                                       401      403   403      200    200       200     200         200     200
PATCH  /v1/sign-in-policy                                       401      403   403      403    403       403     403         403     200
POST   /v1/auth/code                                            401      401   401      401    401       401     401         401     401
POST   /v1/auth/enrolment                                       401      401   401      401    401       401     401         401     401
POST   /v1/auth/enrolment/confirmation                          401      401   401      401    401       401     401         401     401
GET    /v1/me/second-factor                                     401      403   403      200    200       200     200         403     200
POST   /v1/me/second-factor                                     401      403   403      200    200       200     200         403     200
POST   /v1/me/second-factor/confirmation                        401      403   403      400    400       400     400         403     400
POST   /v1/me/second-factor/recovery-codes                      401      403   403      409    409       409     409         403     409
POST   /v1/me/second-factor/removal                             401      403   403      409    409       409     409         403     409
GET    /v1/agents/{agent_id}/second-factor                      401      403   403      403    403       403     403         403     404
DELETE /v1/agents/{agent_id}/second-factor                      401      403   403      403    403       403     403         403     404
GET    /v1/auth/passkey                                         200      200   200      200    200       200     200         200     200
POST   /v1/auth/passkey/challenge                               409      409   409      409    409       409     409         409     409
POST   /v1/auth/passkey                                         409      409   409      409    409       409     409         409     409
GET    /v1/me/passkeys                                          401      403   403      200    200       200     200         403     200
POST   /v1/me/passkeys/challenge                                401      403   403      409    409       409     409         409     409
POST   /v1/me/passkeys                                          401      403   403      409    409       409     409         409     409
PATCH  /v1/me/passkeys/{passkey_id}                             401      403   403      404    404       404     404         403     404
DELETE /v1/me/passkeys/{passkey_id}                             401      403   403      404    404       404     404         403     404

GET    /v1/me                                                   401      403   403      200    200       200     200         200     200
PATCH  /v1/me                                                   401      403   403      200    200       200     200         403     200
DELETE /v1/me/wrap-up                                           401      403   403      204    204       204     204         403     204
PUT    /v1/me/status                                            401      403   403      200    200       200     200         403     200
GET    /v1/agents                                               401      403   403      200    200       200     200         403     200
POST   /v1/agents                                               401      403   403      403    403       403     403         403     201
PATCH  /v1/agents/{agent_id}                                    401      403   403      403    403       403     403         403     404
POST   /v1/agents/{agent_id}/password                           401      403   403      403    403       403     403         403     404
PUT    /v1/agents/{agent_id}/status                             401      403   403      403    403       403     403         403     404
GET    /v1/agents/{agent_id}/states                             401      403   403      403    403       403     403         403     404
GET    /v1/agents/{agent_id}/conversations                      401      403   403      200    200       200     403         403     200
GET    /v1/avatars/{agent_id}                                   404      404   404      404    404       404     404         404     404
GET    /v1/roles                                                401      403   403      200    200       200     200         403     200
POST   /v1/roles                                                401      403   403      403    403       403     403         403     201
PATCH  /v1/roles/{role_id}                                      401      403   403      403    403       403     403         403     404
DELETE /v1/roles/{role_id}                                      401      403   403      403    403       403     403         403     404
GET    /v1/audit                                                401      403   403      403    403       403     200         403     200
GET    /v1/audit/export                                         401      403   403      403    403       403     200         403     200
GET    /v1/audit/verification                                   401      403   403      403    403       403     200         403     200
GET    /v1/departments                                          401      403   403      200    200       200     200         403     200
POST   /v1/departments                                          401      403   403      403    403       403     403         403     201
PATCH  /v1/departments/{department_id}                          401      403   403      403    403       403     403         403     404
DELETE /v1/departments/{department_id}                          401      403   403      403    403       403     403         403     404
GET    /v1/teams                                                401      403   403      200    200       200     200         403     200
POST   /v1/teams                                                401      403   403      403    403       403     403         403     201
PATCH  /v1/teams/{team_id}                                      401      403   403      403    403       403     403         403     404
DELETE /v1/teams/{team_id}                                      401      403   403      403    403       403     403         403     404
PUT    /v1/teams/{team_id}/members                              401      403   403      403    403       403     403         403     404
GET    /v1/teams/{team_id}/routing                              401      403   403      200    200       200     200         403     404
PUT    /v1/teams/{team_id}/routing                              401      403   403      403    403       403     403         403     404
GET    /v1/teams/{team_id}/service-level                        401      403   403      200    200       200     200         403     404
PUT    /v1/teams/{team_id}/service-level                        401      403   403      403    403       403     403         403     404
GET    /v1/teams/{team_id}/routing/history                      401      403   403      403    200       403     403         403     404
POST   /v1/teams/{team_id}/routing/try                          401      403   403      403    403       403     403         403     404
POST   /v1/teams/{team_id}/routing/what-if                      401      403   403      403    403       403     403         403     404
GET    /v1/teams/{team_id}/routing/learned                      401      403   403      403    403       403     403         403     404
POST   /v1/teams/{team_id}/routing/learned                      401      403   403      403    403       403     403         403     404
POST   /v1/teams/{team_id}/announcements                        401      403   403      403    404       403     403         403     404
GET    /v1/queues                                               401      403   403      200    200       200     200         403     200
GET    /v1/direct-codes                                         401      403   403      200    200       200     200         403     200
POST   /v1/direct-codes                                         401      403   403      403    403       403     403         403     404
DELETE /v1/direct-codes/{code}                                  401      403   403      403    403       403     403         403     404
GET    /v1/quick-replies                                        401      403   403      200    200       403     403         403     200
POST   /v1/quick-replies                                        401      403   403      403    201       403     403         403     201
PATCH  /v1/quick-replies/{reply_id}                             401      403   403      403    200       403     403         403     404
DELETE /v1/quick-replies/{reply_id}                             401      403   403      403    204       403     403         403     404
GET    /v1/settings                                             401      403   403      200    200       200     200         200     200
PATCH  /v1/settings                                             401      403   403      403    403       403     403         403     200
GET    /v1/wrap-up-categories                                   401      403   403      200    200       200     200         200     200
PUT    /v1/wrap-up-categories                                   401      403   403      403    403       403     403         403     200

GET    /v1/contacts                                             401      403   403      200    200       200     403         200     200
GET    /v1/contacts/export                                      401      403   403      403    403       403     403         403     200
GET    /v1/contacts/{contact_id}                                401      403   403      200    200       200     403         200     404
PATCH  /v1/contacts/{contact_id}                                401      403   403      200    200       403     403         403     404
GET    /v1/contacts/{contact_id}/changes                        401      403   403      200    200       200     403         200     404
GET    /v1/contacts/{contact_id}/duplicates                     401      403   403      403    200       403     403         403     404
POST   /v1/contacts/{contact_id}/merge                          401      403   403      403    409       403     403         403     404
GET    /v1/contacts/{contact_id}/track                          401      403   403      200    200       200     403         200     404
PUT    /v1/contacts/{contact_id}/tags/{tag_id}                  401      403   403      200    200       403     403         403     404
DELETE /v1/contacts/{contact_id}/tags/{tag_id}                  401      403   403      200    200       403     403         403     404
GET    /v1/tags                                                 401      403   403      200    200       200     403         200     200
POST   /v1/tags                                                 401      403   403      403    201       403     403         403     201
PATCH  /v1/tags/{tag_id}                                        401      403   403      403    200       403     403         403     404
GET    /v1/conversations/{conversation_id}/tags                 401      403   403      404    404       200     403         403     404
PUT    /v1/conversations/{conversation_id}/tags/{tag_id}        401      403   403      404    404       403     403         403     404
DELETE /v1/conversations/{conversation_id}/tags/{tag_id}        401      403   403      404    404       403     403         403     404
GET    /v1/contact-fields                                       401      403   403      200    200       200     403         200     200
POST   /v1/contact-fields                                       401      403   403      403    403       403     403         403     201
PATCH  /v1/contact-fields/{field_id}                            401      403   403      403    403       403     403         403     404
GET    /v1/contacts/{contact_id}/care                           401      403   403      200    200       200     403         200     404
PUT    /v1/contacts/{contact_id}/care                           401      403   403      200    200       403     403         403     404
GET    /v1/contacts/{contact_id}/conversations                  401      404   200      200    200       200     403         403     404
GET    /v1/contacts/{contact_id}/export                         401      403   403      403    403       403     403         403     404
GET    /v1/contacts/{contact_id}/erasure                        401      403   403      403    403       403     403         403     404
POST   /v1/contacts/{contact_id}/erasure                        401      403   403      403    403       403     403         403     404

POST   /v1/media                                                401      201   201      201    201       201     201         403     201
GET    /v1/media/{media_id}/{name}                              404      404   404      404    404       404     404         404     404

GET    /v1/conversations                                        401      403   403      200    200       200     403         403     200
GET    /v1/desk                                                 401      403   403      200    200       200     403         403     200
GET    /v1/push                                                 401      200   200      200    200       200     403         403     200
PUT    /v1/push                                                 401      200   200      200    200       200     403         403     200
POST   /v1/push/test                                            401      403   403      202    202       202     403         403     202
DELETE /v1/push                                                 401      204   204      204    204       204     403         403     204
PATCH  /v1/desk/preferences                                     401      403   403      200    200       200     403         403     200
GET    /v1/desk/filters                                         401      403   403      200    200       200     403         403     200
POST   /v1/desk/filters                                         401      403   403      201    201       201     403         403     201
PATCH  /v1/desk/filters/{filter_id}                             401      403   403      404    404       404     403         403     404
DELETE /v1/desk/filters/{filter_id}                             401      403   403      404    404       404     403         403     404
GET    /v1/desk/macros                                          401      403   403      200    200       403     403         403     200
POST   /v1/desk/macros                                          401      403   403      201    201       403     403         403     201
POST   /v1/desk/bulk                                            401      403   403      200    200       403     403         403     200
PATCH  /v1/desk/macros/{macro_id}                               401      403   403      404    404       403     403         403     404
DELETE /v1/desk/macros/{macro_id}                               401      403   403      404    404       403     403         403     404
POST   /v1/desk/macros/{macro_id}/run                           401      403   403      404    404       403     403         403     404
PUT    /v1/conversations/{conversation_id}/draft                401      403   403      404    404       403     403         403     404
PUT    /v1/conversations/{conversation_id}/marks                401      403   403      404    404       200     403         403     404
GET    /v1/search                                               401      403   403      200    200       200     403         403     200
GET    /v1/mentions                                             401      403   403      200    200       200     403         403     200
PUT    /v1/mentions/seen                                        401      403   403      204    204       204     403         403     204
GET    /v1/conversations/{conversation_id}                      401      404   200      404    404       200     404         404     404
GET    /v1/conversations/{conversation_id}/entries              401      404   200      404    404       200     404         404     404
GET    /v1/conversations/{conversation_id}/find                 401      403   403      404    404       200     403         403     404
GET    /v1/conversations/{conversation_id}/day                  401      403   403      404    404       200     403         403     404
GET    /v1/conversations/{conversation_id}/entries/{seq}/preview   401      403   403      404    404       404     403         403     404
POST   /v1/conversations/{conversation_id}/entries/{seq}/translation   401      403   403      404    404       409     403         403     404
POST   /v1/conversations/{conversation_id}/translation          401      403   403      404    404       403     403         403     404
GET    /v1/translation                                          401      403   403      200    200       200     403         403     200
GET    /v1/translation/service                                  401      403   403      403    403       403     403         403     200
PUT    /v1/translation/service                                  401      403   403      403    403       403     403         403     200
DELETE /v1/translation/service                                  401      403   403      403    403       403     403         403     204
GET    /v1/conversations/{conversation_id}/decisions            401      403   403      404    404       200     404         404     404
GET    /v1/conversations/{conversation_id}/service-level        401      403   403      404    404       200     404         404     404
POST   /v1/conversations/{conversation_id}/human                401      404   200      403    403       403     403         403     403
POST   /v1/conversations/{conversation_id}/transcript           401      404   404      403    403       403     403         403     403
POST   /v1/conversations/{conversation_id}/callback             401      404   409      403    403       403     403         403     403
DELETE /v1/conversations/{conversation_id}/human                401      404   200      404    404       403     403         403     404
POST   /v1/conversations/{conversation_id}/take                 401      403   403      404    404       403     403         403     404
POST   /v1/conversations/{conversation_id}/accept               401      403   403      404    404       403     403         403     404
POST   /v1/conversations/{conversation_id}/decline              401      403   403      404    404       403     403         403     404
POST   /v1/conversations/{conversation_id}/transfer             401      403   403      404    404       403     403         403     404
DELETE /v1/conversations/{conversation_id}/transfer             401      403   403      404    404       403     403         403     404
POST   /v1/conversations/{conversation_id}/snooze               401      403   403      404    404       403     403         403     404
DELETE /v1/conversations/{conversation_id}/snooze               401      403   403      404    404       403     403         403     404
POST   /v1/conversations/{conversation_id}/guests               401      403   403      404    404       403     403         403     404
DELETE /v1/conversations/{conversation_id}/guests/{agent_id}    401      403   403      404    404       403     403         403     404
POST   /v1/conversations/{conversation_id}/notes                401      403   403      404    404       403     403         403     404
POST   /v1/conversations/{conversation_id}/whispers             401      403   403      404    404       403     404         404     404
POST   /v1/conversations/{conversation_id}/join                 401      403   403      404    404       403     404         404     404
DELETE /v1/conversations/{conversation_id}/join                 401      403   403      404    404       200     404         404     404
POST   /v1/conversations/{conversation_id}/take-over            401      403   403      404    404       403     404         404     404
POST   /v1/conversations/{conversation_id}/put-back             401      403   403      404    404       403     404         404     404
POST   /v1/conversations/{conversation_id}/assign               401      403   403      404    404       403     404         404     404
POST   /v1/conversations/{conversation_id}/wrap-up              401      403   403      404    404       403     403         403     404
POST   /v1/conversations/{conversation_id}/invite-rating        401      403   403      404    404       403     403         403     404
POST   /v1/conversations/{conversation_id}/rating               401      404   200      403    403       403     403         403     403
POST   /v1/conversations/{conversation_id}/entries/{seq}/rating    401      404   200      403    403       403     403         403     403
POST   /v1/conversations/{conversation_id}/close                401      404   200      404    404       403     403         403     404

GET    /v1/scorecard                                            401      403   403      200    200       200     200         403     200
GET    /v1/reviews                                              401      403   403      403    200       200     403         403     200
GET    /v1/reviews/averages                                     401      403   403      403    200       200     403         403     200
GET    /v1/me/reviews                                           401      403   403      200    200       200     200         403     200
GET    /v1/conversations/{conversation_id}/reviews              401      403   403      403    404       200     403         403     404
PUT    /v1/conversations/{conversation_id}/reviews/{agent_id}   401      403   403      403    404       200     403         403     404
DELETE /v1/conversations/{conversation_id}/reviews/{agent_id}   401      403   403      403    404       204     403         403     404
PUT    /v1/scorecard                                            401      403   403      403    403       403     403         403     200

GET    /v1/blocks                                               401      403   403      403    200       403     403         403     200
POST   /v1/blocks                                               401      403   403      403    201       403     403         403     404
DELETE /v1/blocks/{block_id}                                    401      403   403      403    204       403     403         403     404
GET    /v1/contacts/{contact_id}/blocks                         401      403   403      403    200       403     403         403     404

POST   /v1/visitor/session                                      200      200   200      200    200       200     200         200     200
GET    /v1/visitor/conversations                                401      200   200      403    403       403     403         403     403
POST   /v1/visitor/conversations                                401      200   200      403    403       403     403         403     403
GET    /v1/visitor/articles                                     401      200   200      403    403       403     403         403     403
GET    /v1/visitor/articles/{article_id}                        401      200   200      403    403       403     403         403     403
PATCH  /v1/visitor/attributes                                   401      200   200      403    403       403     403         403     403
POST   /v1/visitor/leave-messages                               401      201   201      403    403       403     403         403     403
GET    /v1/leave-messages                                       401      403   403      200    200       403     403         403     200
PATCH  /v1/leave-messages/{message_id}                          401      403   403      200    200       403     403         403     404
GET    /v1/tickets                                              401      403   403      200    200       403     403         403     200
POST   /v1/tickets                                              401      403   403      404    404       403     403         403     404
GET    /v1/tickets/{ticket_id}                                  401      403   403      404    404       403     403         403     404
PATCH  /v1/tickets/{ticket_id}                                  401      403   403      404    404       403     403         403     404
GET    /v1/tickets/{ticket_id}/history                          401      403   403      404    404       403     403         403     404
POST   /v1/tickets/{ticket_id}/remarks                          401      403   403      404    404       403     403         403     404

GET    /v1/channels                                             401      403   403      403    403       403     403         403     200
GET    /v1/channels/names                                       401      403   403      200    200       200     403         403     200
POST   /v1/channels                                             401      403   403      403    403       403     403         403     201
PATCH  /v1/channels/{channel_id}                                401      403   403      403    403       403     403         403     404
GET    /v1/channels/{channel_id}/link                           401      403   403      403    403       403     403         403     404
GET    /v1/channels/{channel_id}/retention                      401      403   403      403    403       403     403         403     404
PUT    /v1/channels/{channel_id}/retention                      401      403   403      403    403       403     403         403     404
GET    /v1/channels/{channel_id}/help                           401      403   403      403    403       403     403         403     404
PUT    /v1/channels/{channel_id}/help                           401      403   403      403    403       403     403         403     404
GET    /v1/channels/{channel_id}/keys                           401      403   403      403    403       403     403         403     404
POST   /v1/channels/{channel_id}/keys                           401      403   403      403    403       403     403         403     404
DELETE /v1/channels/{channel_id}/keys/{key_id}                  401      403   403      403    403       403     403         403     404
GET    /v1/panels                                               401      403   403      200    200       200     403         403     200
POST   /v1/panels                                               401      403   403      403    403       403     403         403     201
PATCH  /v1/panels/{panel_id}                                    401      403   403      403    403       403     403         403     404
POST   /v1/panels/{panel_id}/secret                             401      403   403      403    403       403     403         403     404
POST   /v1/panels/{panel_id}/context                            401      403   403      404    404       200     403         403     404
DELETE /v1/panels/{panel_id}                                    401      403   403      403    403       403     403         403     404
GET    /v1/panel-frames/{frame}                                 200      200   200      200    200       200     200         200     200

GET    /v1/webhooks                                             401      403   403      403    403       403     403         403     200
POST   /v1/webhooks                                             401      403   403      403    403       403     403         403     201
PATCH  /v1/webhooks/{webhook_id}                                401      403   403      403    403       403     403         403     404
POST   /v1/webhooks/{webhook_id}/secrets                        401      403   403      403    403       403     403         403     404
POST   /v1/webhooks/{webhook_id}/test                           401      403   403      403    403       403     403         403     404
GET    /v1/webhooks/{webhook_id}/deliveries                     401      403   403      403    403       403     403         403     404
GET    /v1/webhooks/{webhook_id}/deliveries/{delivery_id}       401      403   403      403    403       403     403         403     404
POST   /v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay    401      403   403      403    403       403     403         403     404
POST   /v1/webhooks/{webhook_id}/replay                         401      403   403      403    403       403     403         403     404
DELETE /v1/webhooks/{webhook_id}/secrets/{secret_id}            401      403   403      403    403       403     403         403     404
DELETE /v1/webhooks/{webhook_id}                                401      403   403      403    403       403     403         403     404
GET    /v1/knowledge-bases                                      401      403   403      403    200       403     403         403     200
POST   /v1/knowledge-bases                                      401      403   403      403    201       403     403         403     201
PATCH  /v1/knowledge-bases/{base_id}                            401      403   403      403    200       403     403         403     404
GET    /v1/knowledge-bases/{base_id}/categories                 401      403   403      403    200       403     403         403     404
GET    /v1/knowledge-bases/{base_id}/questions                  401      403   403      403    200       403     403         403     404
POST   /v1/knowledge-bases/{base_id}/questions                  401      403   403      403    201       403     403         403     404
POST   /v1/knowledge-bases/{base_id}/import                     401      403   403      403    200       403     403         403     404
PATCH  /v1/questions/{question_id}                              401      403   403      403    200       403     403         403     404
DELETE /v1/questions/{question_id}                              401      403   403      403    204       403     403         403     404
GET    /v1/knowledge/search                                     401      403   403      200    200       403     403         403     200
GET    /v1/bots                                                 401      403   403      403    200       403     403         403     200
GET    /v1/bots/{bot_id}                                        401      403   403      403    200       403     403         403     404
PATCH  /v1/bots/{bot_id}                                        401      403   403      403    200       403     403         403     404
POST   /v1/bots/{bot_id}/try                                    401      403   403      403    200       403     403         403     404

POST   /v1/realtime/sessions                                    401      401   401      401    401       401     401         401     401
GET    /v1/realtime/sessions/{connection}/events                401      404   404      404    404       404     404         404     404
POST   /v1/realtime/sessions/{connection}/frames                401      404   404      404    404       404     404         404     404
DELETE /v1/visitor/session                                      401      204   204      403    403       403     403         403     403
POST   /v1/auth/sign-out                                        204      204   204      204    204       204     204         204     204
"""


def _read(table: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for line in table.split("\n")[2:]:
        if line.strip():
            method, path, *codes = line.split()
            found[f"{method} {path}"] = dict(zip(PERSONAS, map(int, codes), strict=True))
    return found


# By "METHOD path", in the order in which they are asked: what ends a conversation or a session stands last.
VERDICTS: Final = _read(_TABLE)
PUBLIC: Final = frozenset(
    route
    for route, verdicts in VERDICTS.items()
    if verdicts["nobody"] != 401 or route.startswith("POST /v1/auth/")
) - {"POST /v1/auth/password"}
# What somebody may see but not change is refused openly; everything else must look like what does not exist.
VISIBLE: Final = frozenset(
    {
        ("inspector", "conversation_id"),
        ("outsider", "reply_id"),
        ("leader", "agent_id"),
        ("leader", "team_id"),
        ("leader", "code"),
        ("application", "agent_id"),
    }
)
